"""The site's own lexicon: its entries, and the layer that they lay over the shipped rules."""
