/** Faults of the catalogue that the APIs alone show, and a check that must catch each. */
export const CAUGHT_BY: [fault: number, check: string][] = [
  [2, 'order/sync-every/webshop-to-crm/shared-reference'],
  [3, 'product/sync-every/webshop-to-crm/match/sku'],
  [4, 'customer/sync-every/webshop-to-crm/create-sparse'],
  [7, 'customer/sync-every/webshop-to-crm/match-any-case/email'],
  [8, 'customer/sync-every/webshop-to-crm/key-edit/email'],
  [10, 'order/keep-in-sync/webshop-to-crm/lines/replaced'],
  [16, 'customer/keep-in-sync/webshop-to-crm/first-name/clear'],
  [18, 'order/keep-in-sync/webshop-to-crm/lines/quantity'],
  [19, 'order/keep-in-sync/webshop-to-crm/lines/removed'],
  [22, 'customer/keep-in-sync/webshop-to-crm/status/unknown-value'],
  [24, 'order/keep-in-sync/webshop-to-crm/status/cancelled'],
  [25, 'customer/keep-in-sync/webshop-to-crm/conflict/different-properties'],
];

/** Those that `served-faults.spec.ts` judges as processes of their own. */
export const SERVED = CAUGHT_BY.filter(([, check]) => !check.includes('/unknown-value')).slice(0, 10);
