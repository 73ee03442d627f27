using System.Text.Json;
using HaLong.PartnerLab.Bank;

namespace HaLong.PartnerLab.Tests;

public sealed class VietQrTests
{
    private static readonly JsonElement Vectors = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "vietqr-vectors.json"))).RootElement;

    public static TheoryData<string> Payable => new(Ids(valid: true));

    public static TheoryData<string> Unpayable => new(Ids(valid: false));

    [Theory, MemberData(nameof(Payable))]
    public void A_correct_code_is_read_as_the_banking_app_would(string id)
    {
        var item = Item(id);
        var fields = item.GetProperty("fields");

        var qr = VietQr.Read(item.GetProperty("payload").GetString()!, out var fault);

        Assert.Null(fault);
        Assert.NotNull(qr);
        Assert.Equal(fields.GetProperty("bin").GetString(), qr.Bin);
        Assert.Equal(fields.GetProperty("account").GetString(), qr.Account);
        Assert.Equal(fields.TryGetProperty("amount", out var amount) ? (long?)decimal.Parse(amount.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : null, qr.Amount);
        Assert.Equal(Additional(fields, "purpose"), qr.Purpose);
        Assert.Equal(Additional(fields, "billNumber"), qr.BillNumber);
    }

    [Theory, MemberData(nameof(Unpayable))]
    public void A_faulty_code_is_refused_with_a_reason(string id)
    {
        var qr = VietQr.Read(Item(id).GetProperty("payload").GetString()!, out var fault);

        Assert.Null(qr);
        Assert.False(string.IsNullOrEmpty(fault));
    }

    [Fact]
    public void The_checksum_is_the_published_one()
    {
        foreach (var vector in Vectors.GetProperty("crcVectors").EnumerateArray())
            Assert.Equal(vector.GetProperty("crc").GetString(), VietQr.Crc(vector.GetProperty("input").GetString()!));
    }

    private static string? Additional(JsonElement fields, string name) =>
        fields.TryGetProperty("additionalData", out var data) && data.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IEnumerable<string> Ids(bool valid) => Vectors.GetProperty("items").EnumerateArray()
        .Where(i => i.GetProperty("valid").GetBoolean() == valid)
        .Select(i => i.GetProperty("id").GetString()!);

    private static JsonElement Item(string id) => Vectors.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("id").GetString() == id);
}
