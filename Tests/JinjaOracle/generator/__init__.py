"""Templates and values made at random from a seed, typed so that nearly all of them are in the theme language."""
