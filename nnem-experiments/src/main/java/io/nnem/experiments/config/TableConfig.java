package io.nnem.experiments.config;

/**
 * How data that is a CSV file is read.
 *
 * @param label the column with the labels: its name in the header, or its number from 1 on
 * @param header whether the first line has the names of the columns
 * @param missing whether a missing value is an error, or counts as the mean of its column
 */
public record TableConfig(
    String label, boolean header, @OneOf({"refuse", "impute"}) String missing) {}
