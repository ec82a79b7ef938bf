"""Text made plain, cut into sentences, searched once, and read for the cues that change what it asserts."""
