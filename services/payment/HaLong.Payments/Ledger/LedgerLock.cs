namespace HaLong.Payments.Ledger;

/// <summary>Bookings share this database lock to the end of their transaction; closing a day takes it alone.</summary>
internal static class LedgerLock
{
    public const long Key = 7_203_110_942;
}
