/**
 * Trials on Apache Spark: {@code --executor spark --master URL}. Each trial is a task that runs on
 * one executor. What comes out is the same as with threads, bit for bit on the same kind of
 * processor.
 */
package io.nnem.spark;
