using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Receipts;

/// <summary>Which series of receipts an agency has, and how long things around receipts may take.</summary>
internal sealed class ReceiptOptions
{
    public const string Section = "Receipts";

    /// <summary>Where people reach the platform; printed on receipts. From the root key <c>PublicUrl</c>.</summary>
    [Required, Url]
    public string PublicUrl { get; set; } = "";

    /// <summary>For every agency without a series of its own. What stands here was registered by nobody and is refused in production.</summary>
    public ReceiptSeriesOptions Default { get; set; } = new()
    {
        Form = "01BLP0/001",
        Symbol = "22AA-{yy}E",
        Collector = "Trung tâm Phục vụ hành chính công Hạ Long (thử nghiệm)",
        TaxCode = "5700000000",
        Assumed = true,
    };

    /// <summary>By code of the administrative unit.</summary>
    public Dictionary<string, ReceiptSeriesOptions> Units { get; } = [];

    /// <summary>Pause after the first failure to seal; doubles up to a minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Retry { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long collected money may lack its receipt, and a paper may lie, until they are taken up again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How far back money without a receipt is looked for.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "366.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan LookBack { get; set; } = TimeSpan.FromDays(31);

    /// <summary>How often the watch looks.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromMinutes(1);

    public ReceiptSeriesOptions For(string unitCode) => Units.GetValueOrDefault(unitCode) ?? Default;

    /// <summary>Where anybody who holds a receipt can look it up.</summary>
    public string LookupUrl(string code, int number) => $"{PublicUrl.TrimEnd('/')}/api/v1/receipts/lookup?code={code}&number={number.ToString(CultureInfo.InvariantCulture)}";
}

/// <summary>One series in the configuration, as registered with the tax authority.</summary>
internal sealed class ReceiptSeriesOptions
{
    private const string YearMark = "{yy}";

    /// <summary>Form symbol (ký hiệu mẫu biên lai).</summary>
    public string Form { get; set; } = "";

    /// <summary>Receipt symbol (ký hiệu biên lai); <c>{yy}</c> stands for the last two digits of the year.</summary>
    public string Symbol { get; set; } = "";

    /// <summary>Name of the collector (đơn vị thu).</summary>
    public string Collector { get; set; } = "";

    /// <summary>Its tax code: ten digits, or these and three for a branch.</summary>
    public string TaxCode { get; set; } = "";

    /// <summary>Code of the unit whose seal the receipts get; the collecting unit when left out.</summary>
    public string? Seal { get; set; }

    /// <summary>True for a series that nobody registered; refused in production.</summary>
    public bool Assumed { get; set; }

    public string SymbolOf(int year) => Symbol.Replace(YearMark, (year % 100).ToString("00", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public IEnumerable<string> Faults(string key, bool production)
    {
        if (Form.Length is 0 or > 20)
            yield return key + ":Form must have 1 to 20 characters.";
        if (SymbolOf(2000).Length is 0 or > 20)
            yield return key + ":Symbol must have 1 to 20 characters.";
        if (Collector.Length is 0 or > 200)
            yield return key + ":Collector must have 1 to 200 characters.";
        if (!IsTaxCode(TaxCode))
            yield return key + ":TaxCode must have ten digits, with three more for a branch (0100000000-001).";
        if (Seal is { Length: 0 or > 20 })
            yield return key + ":Seal must be the code of a unit.";
        if (Assumed && production)
            yield return key + " is marked Assumed: configure the series that the agency registered before receipts are issued.";
    }

    private static bool IsTaxCode(string code) =>
        code.Length is 10 or 14 && code[..10].All(char.IsAsciiDigit) && (code.Length == 10 || (code[10] == '-' && code[11..].All(char.IsAsciiDigit)));
}

internal sealed class ReceiptOptionsCheck(IHostEnvironment environment) : IValidateOptions<ReceiptOptions>
{
    public ValidateOptionsResult Validate(string? name, ReceiptOptions options)
    {
        var faults = options.Units.Select(u => (Key: "Receipts:Units:" + u.Key, Series: u.Value))
            .Append((Key: "Receipts:Default", Series: options.Default))
            .SelectMany(s => s.Series.Faults(s.Key, environment.IsProduction()))
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
