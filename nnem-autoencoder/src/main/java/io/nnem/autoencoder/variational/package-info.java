/** The decoder of a variational autoencoder. */
package io.nnem.autoencoder.variational;
