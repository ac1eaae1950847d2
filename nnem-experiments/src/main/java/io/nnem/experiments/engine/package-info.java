/**
 * What all experiments have in common: from the command line to trials, and from trials to a
 * folder. It knows no experiment; each is a package that knows this one.
 */
package io.nnem.experiments.engine;
