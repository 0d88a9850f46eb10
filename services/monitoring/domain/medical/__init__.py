"""The guarantee of medical care (plan item 7): cover, hospital stays, listed diseases."""
