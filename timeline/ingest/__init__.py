"""The shell: the only room that joins the pure rooms to the rows. One transaction an article."""
