/** What stands behind {@code io.nnem.datasets.Datasets}. Not exported; may change at any time. */
package io.nnem.datasets.internal;
