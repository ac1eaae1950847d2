/** Which keys are freshened. */
package io.nnem.credit.freshening;
