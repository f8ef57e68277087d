"""A site with the plug-in, tried as editors, programs and the clock use it."""
