/** Ways to rewrite keys that have gone stale. */
package io.nnem.credit.refresh;
