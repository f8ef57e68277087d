"""A WordPress site with the plug-in, as editors, programs and the clock use it."""
