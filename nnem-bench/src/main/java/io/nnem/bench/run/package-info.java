/**
 * Measuring: which works, system by system and turn by turn, in a process of its own for each
 * number of threads, since the libraries have one such number for the whole process.
 */
package io.nnem.bench.run;
