using HaLong.Payments.Domain;
using HaLong.Payments.NationalPortal;

namespace HaLong.Payments.Ledger;

/// <summary>
/// The accounts of the ledger, by code. Each carries the number of the collecting account at a bank, and each of those is in balance by itself.
/// Debits are positive: money that is there; credits negative: whose it is.
/// </summary>
internal static class LedgerAccount
{
    /// <summary>Phí: partly kept by the unit where the law lets it, else the budget's (Law 97/2015).</summary>
    public const string Phi = "phi";

    /// <summary>Lệ phí: the budget's.</summary>
    public const string LePhi = "lePhi";

    /// <summary>Money at the bank, by its notices.</summary>
    public static string Bank(string bin, string account) => $"bank:{bin}:{account}";

    /// <summary>Money that a provider collected and still has to hand to the collecting account.</summary>
    public static string Clearing(string bin, string account, string provider) => $"clearing:{bin}:{account}:{provider}";

    /// <summary>Where the money of a notice is: at the bank that told, or still with the national payment platform.</summary>
    public static string Arrived(BankNotice notice) => notice.Provider == PortalOptions.Provider
        ? Clearing(notice.Bin, notice.Account, notice.Provider)
        : Bank(notice.Bin, notice.Account);

    /// <summary>Money that came and belongs to nothing known yet: waits for a decision.</summary>
    public static string Suspense(string bin, string account) => $"suspense:{bin}:{account}";

    /// <summary>Parts of a payment whose rest is still awaited.</summary>
    public static string Held(Beneficiary of) => $"held:{of.Bin}:{of.Account}";

    /// <summary>Collected, to be handed to the treasury: phí and lệ phí apart, whatever else is owed by its own word.</summary>
    public static string Due(Beneficiary of, string kind) => $"due:{of.Bin}:{of.Account}:{kind}";

    /// <summary>The same for one item: with the account to which it is owed, where that is not the collecting one.</summary>
    public static string Due(Beneficiary of, PaymentItem item) => item.OwedAccount is null || (item.OwedBin, item.OwedAccount) == (of.Bin, of.Account)
        ? Due(of, item.Kind)
        : $"{Due(of, item.Kind)}:{item.OwedBin}:{item.OwedAccount}";

    /// <summary>Promised back, not paid out yet.</summary>
    public static string Refund(string bin, string account) => $"refund:{bin}:{account}";

    /// <summary>Cash in the till of a shift, collected for an account.</summary>
    public static string Till(string bin, string account, Guid shift) => $"till:{bin}:{account}:{shift:N}";

    /// <summary>Change money in tills: belongs to whoever gave it.</summary>
    public static string Float(string bin, string account) => $"float:{bin}:{account}";

    /// <summary>What tills had too much (credit) or too little (debit): waits for a decision of the unit's head.</summary>
    public static string Difference(string bin, string account) => $"difference:{bin}:{account}";

    /// <summary>Cash on its way to the bank (tiền đang chuyển).</summary>
    public static string Transit(string bin, string account) => $"transit:{bin}:{account}";

    /// <summary>Kinds of accounts: the first part of each code.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["bank", "clearing", "suspense", "held", "due", "refund", "till", "float", "difference", "transit"];
}
