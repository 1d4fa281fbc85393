"""The example council's year, played through the services so that it stands in the middle today."""
