# Breaks in the mean of the Nile's annual flow and of a made-up series, by strucchange.
# Run by  Rscript tests/reference/strucchange.R > tests/reference/strucchange.csv
# (Debian package r-cran-strucchange). Columns: series, number of breaks, position of the last
# observation of each stretch but the last (joined by ;), residual sum of squares.
suppressPackageStartupMessages(library(strucchange))
made <- c(12, 15, 9, 14, 11, 13, 10, 12, -8, -5, -11, -7, -9, -6, -10, -4, 21, 18, 25, 19, 22, 20,
          24, 17, 3, 6, 1, 5, 2, 4, 7, 0)
cat("series,n_breaks,positions,rss\n")
for (name in c("nile", "made")) {
  y <- if (name == "nile") as.numeric(Nile) else made
  found <- breakpoints(y ~ 1, h = 6, breaks = 3)
  for (m in 1:3) {
    at <- breakpoints(found, breaks = m)$breakpoints
    rss <- sum(residuals(lm(y ~ breakfactor(found, breaks = m)))^2)
    cat(sprintf("%s,%d,%s,%.6f\n", name, m, paste(at, collapse = ";"), rss))
  }
}
cat(sprintf("# Nile,%s\n", paste(as.numeric(Nile), collapse = ";")))
