/** The paper's figure: accuracy against training steps for each way of credit. */
package io.nnem.experiments.figure;
