/**
 * What {@code nnem decoders} measures: how well decoders reconstruct images that they were not
 * trained on, and whether one that says how uncertain it is says so truly.
 */
package io.nnem.experiments.decoders;
