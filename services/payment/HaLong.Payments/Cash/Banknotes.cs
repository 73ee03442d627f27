using System.Globalization;
using System.Text.Json;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Cash;

/// <summary>Cash by denomination (bảng kê mệnh giá).</summary>
internal static class Banknotes
{
    /// <summary>Notes and coins of the State Bank that circulate, in đồng.</summary>
    public static readonly IReadOnlyList<int> Values = [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100];

    private const int Most = 1_000_000;

    // 0500 is another word for 500, and would be kept beside it.
    private static readonly HashSet<string> Written = [.. Values.Select(v => v.ToString(CultureInfo.InvariantCulture))];

    /// <summary>The sum in đồng; a refusal that names each denomination that is none.</summary>
    public static Result<long> Sum(IReadOnlyDictionary<string, int>? counted)
    {
        if (counted is null)
            return CashErrors.Invalid.WithField("denominations", "Bảng kê số tờ theo mệnh giá.", "How many of each denomination.");
        var error = CashErrors.Invalid;
        foreach (var (value, pieces) in counted)
        {
            if (!Written.Contains(value))
                error = error.WithField($"denominations.{value}", "Không có mệnh giá này.", "There is no such denomination.");
            else if (pieces is < 0 or > Most)
                error = error.WithField($"denominations.{value}", "Số tờ từ 0 đến 1.000.000.", "0 to 1,000,000 pieces.");
        }
        return error.Fields.Count > 0 ? error : counted.Sum(c => long.Parse(c.Key, CultureInfo.InvariantCulture) * c.Value);
    }

    /// <summary>As it is kept: largest first, without what there is none of.</summary>
    public static string Json(IReadOnlyDictionary<string, int> counted) => JsonSerializer.Serialize(counted
        .Where(c => c.Value > 0).OrderByDescending(c => int.Parse(c.Key, CultureInfo.InvariantCulture)).ToDictionary(c => c.Key, c => c.Value));

    public static IReadOnlyDictionary<string, int> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, int>>(json) ?? [];
}
