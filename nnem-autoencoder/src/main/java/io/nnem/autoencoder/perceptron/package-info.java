/** The decoder of an autoencoder, as a multilayer perceptron. */
package io.nnem.autoencoder.perceptron;
