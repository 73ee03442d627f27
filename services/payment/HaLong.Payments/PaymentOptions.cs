using System.ComponentModel.DataAnnotations;
using HaLong.Payments.Banks;
using HaLong.Payments.Domain;
using HaLong.Payments.NationalPortal;
using Microsoft.Extensions.Options;

namespace HaLong.Payments;

/// <summary>How long things may take.</summary>
internal sealed class PaymentOptions : IValidatableObject
{
    public const string Section = "Payments";

    /// <summary>How long a request stays open.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "366.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(15);

    /// <summary>Another lifetime for single procedures, by their code.</summary>
    public Dictionary<string, TimeSpan> Lifetimes { get; } = [];

    /// <summary>How long after its end a request waits for notices of transfers that were booked in time.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Grace { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often the sweep looks for what lapsed or got stuck.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long money that does not fit may wait for a decision. Assumed: no law names a time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "366.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan CasePatience { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Local time of day from which the platform closes the days before, when nobody did.</summary>
    public TimeOnly CloseAt { get; set; } = new(1, 0);

    /// <summary>How long a shift at a till may stay open before it is raised and takes nothing more.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan ShiftPatience { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Local time of day from which the platform reconciles days whose statement has come.</summary>
    public TimeOnly ReconcileAt { get; set; } = new(6, 0);

    /// <summary>How long a stored notice may stay undecided before its settlement is asked for again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan NoticePatience { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a request for a procedure stays open.</summary>
    public TimeSpan LifetimeOf(string procedureCode) => Lifetimes.GetValueOrDefault(procedureCode, Lifetime);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Lifetimes
        .Where(l => l.Value < TimeSpan.FromSeconds(1) || l.Value > TimeSpan.FromDays(366))
        .Select(l => new ValidationResult($"Payments:Lifetimes:{l.Key} must be between a second and 366 days."));
}

/// <summary>Which account collects for which agency.</summary>
internal sealed class BeneficiaryOptions
{
    public const string Section = "Beneficiaries";

    /// <summary>For every agency without an account of its own. What stands here belongs to nobody and is refused in production.</summary>
    public CollectingAccount Default { get; set; } = new()
    {
        Bin = "970436",
        Account = "0011000000001",
        Name = "TTPVHCC HA LONG (DEVELOPMENT)",
        Assumed = true,
    };

    /// <summary>By code of the administrative unit.</summary>
    public Dictionary<string, CollectingAccount> Units { get; } = [];

    public Beneficiary For(string unitCode) => Of(unitCode).ToBeneficiary();

    /// <summary>The account to which a kind of fee is owed that the unit collects; null: the collecting account.</summary>
    public Beneficiary? OwedTo(string unitCode, string kind)
    {
        var of = Of(unitCode);
        return (kind switch { Ledger.LedgerAccount.Phi => of.Phi, Ledger.LedgerAccount.LePhi => of.LePhi, _ => null })?.ToBeneficiary();
    }

    private CollectingAccount Of(string unitCode) => Units.GetValueOrDefault(unitCode) ?? Default;
}

/// <summary>A collecting account, and to which accounts at the State Treasury what it collects is owed (Decree 120/2016/NĐ-CP, article 3).</summary>
internal sealed class CollectingAccount : BeneficiaryAccount
{
    /// <summary>Tài khoản phí chờ nộp ngân sách; absent: owed to the collecting account itself.</summary>
    public BeneficiaryAccount? Phi { get; set; }

    /// <summary>Tài khoản lệ phí chờ nộp ngân sách; absent: owed to the collecting account itself.</summary>
    public BeneficiaryAccount? LePhi { get; set; }
}

/// <summary>One account in the configuration.</summary>
internal class BeneficiaryAccount
{
    public string Bin { get; set; } = "";

    public string Account { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>True for a development account that belongs to nobody; refused in production.</summary>
    public bool Assumed { get; set; }

    public Beneficiary ToBeneficiary() => new(Bin, Account, Name, Assumed);
}

/// <summary>The banks that may tell us about transfers.</summary>
internal sealed class BankOptions
{
    public const string Section = "Bank";

    /// <summary>By name of the provider, the last part of the hook's path.</summary>
    public Dictionary<string, BankProvider> Providers { get; } = new(StringComparer.Ordinal);

    /// <summary>How far the time of signing may be from now, either way.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(5);
}

/// <summary>One bank.</summary>
internal sealed class BankProvider
{
    /// <summary>Shared key of the signatures.</summary>
    public string Secret { get; set; } = "";

    /// <summary>How it tells: notice (one transfer in each request) or statement (a list).</summary>
    public string Shape { get; set; } = BankShapes.Usual.Name;
}

internal sealed class BeneficiaryOptionsCheck(IHostEnvironment environment) : IValidateOptions<BeneficiaryOptions>
{
    public ValidateOptionsResult Validate(string? name, BeneficiaryOptions options)
    {
        var faults = options.Units.Select(u => (Key: "Beneficiaries:Units:" + u.Key, Account: u.Value))
            .Append((Key: "Beneficiaries:Default", Account: options.Default))
            .SelectMany(a => new[] { (a.Key, Account: (BeneficiaryAccount?)a.Account), (Key: a.Key + ":Phi", Account: a.Account.Phi), (Key: a.Key + ":LePhi", Account: a.Account.LePhi) })
            .Where(a => a.Account is not null)
            .SelectMany(a => Faults(a.Key, a.Account!))
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(string key, BeneficiaryAccount account)
    {
        if (account.Bin.Length != 6 || !account.Bin.All(char.IsAsciiDigit))
            yield return key + ":Bin must have six digits.";
        if (account.Account.Length is 0 or > 19 || !account.Account.All(char.IsAsciiLetterOrDigit))
            yield return key + ":Account must have 1 to 19 letters and digits.";
        if (account.Name.Length is 0 or > 100)
            yield return key + ":Name must have 1 to 100 characters.";
        if (account.Assumed && environment.IsProduction())
            yield return key + " is marked Assumed: configure the agency's real account before asking anybody for money.";
    }
}

internal sealed class BankOptionsCheck : IValidateOptions<BankOptions>
{
    private const int ShortestSecret = 16;

    public ValidateOptionsResult Validate(string? name, BankOptions options)
    {
        var faults = options.Providers.SelectMany(p => Faults(p.Key, p.Value)).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
    private static IEnumerable<string> Faults(string name, BankProvider provider)
    {
        if (provider.Secret.Length < ShortestSecret)
            yield return $"Bank:Providers:{name}:Secret must have at least {ShortestSecret} characters.";
        if (!BankShapes.ByName.ContainsKey(provider.Shape))
            yield return $"Bank:Providers:{name}:Shape must be one of {string.Join(", ", BankShapes.ByName.Keys)}.";
        if (name == PortalOptions.Provider)
            yield return $"Bank:Providers:{name}: this name is kept for the national payment platform.";
    }
}
