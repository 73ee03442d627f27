using System.Text.Json;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Fees;

/// <summary>Which policies count.</summary>
internal sealed class FeeOptions
{
    public const string Section = "Fees";

    /// <summary>Whether assumed policies are applied; absent: everywhere but in production.</summary>
    public bool? ApplyAssumed { get; set; }
}

/// <summary>The dated policies that come with the service.</summary>
internal static class FeePolicies
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    /// <summary>All of them, assumed ones too.</summary>
    public static readonly IReadOnlyList<FeePolicy> All = Load();

    /// <summary>A quoter with the policies that count here.</summary>
    public static FeeQuoter Quoter(IOptions<FeeOptions> options, IHostEnvironment environment) =>
        new(options.Value.ApplyAssumed ?? !environment.IsProduction() ? All : [.. All.Where(p => !p.Assumed)]);

    private static List<FeePolicy> Load()
    {
        using var stream = typeof(FeePolicies).Assembly.GetManifestResourceStream("fee-policies.json")
            ?? throw new InvalidOperationException("fee-policies.json is not embedded.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.GetProperty("items").Deserialize<List<FeePolicy>>(Format)!;
    }
}
