/** How stale keys are rewritten, and which. */
package io.nnem.credit.freshening;
