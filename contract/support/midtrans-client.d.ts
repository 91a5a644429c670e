// The package brings no types; these are of the parts that the suite uses.

declare module "midtrans-client" {
  interface Transaction {
    status(id: string): Promise<any>;
    cancel(id: string): Promise<any>;
    expire(id: string): Promise<any>;
    refund(id: string, parameters?: Record<string, unknown>): Promise<any>;
    refundDirect(id: string, parameters?: Record<string, unknown>): Promise<any>;
    notification(notification: unknown): Promise<any>;
  }
  class Snap {
    constructor(options: { isProduction: boolean; serverKey: string; clientKey: string });
    createTransaction(parameters: unknown): Promise<{ token: string; redirect_url: string }>;
    createTransactionToken(parameters: unknown): Promise<string>;
    transaction: Transaction;
  }
  const client: { Snap: typeof Snap };
  export default client;
}

declare module "midtrans-client/lib/apiConfig.js" {
  const addresses: { CORE_SANDBOX_BASE_URL: string; SNAP_SANDBOX_BASE_URL: string };
  export default addresses;
}
