"""The guarantee of education (plan item 6): dropouts, aid, teaching at home, paired teachers."""
