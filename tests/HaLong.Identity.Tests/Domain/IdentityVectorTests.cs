using System.Text.Json;
using HaLong.Identity.Domain;

namespace HaLong.Identity.Tests.Domain;

/// <summary>Every vector of Data/identity-vectors.json: what is refused, what only warns, what is brought into another form.</summary>
public sealed class IdentityVectorTests
{
    private static readonly Lazy<List<JsonElement>> Vectors = new(() =>
    {
        using var stream = typeof(IdentityVectorTests).Assembly.GetManifestResourceStream("identity-vectors.json")!;
        return [.. JsonSerializer.Deserialize<JsonElement>(stream).GetProperty("items").EnumerateArray()];
    });

    public static TheoryData<string> Ids(string type) => [.. Of(type).Select(v => v.GetProperty("id").GetString()!)];

    [Fact]
    public void All_vectors_are_run()
    {
        Assert.Equal((63, 26, 33, 45), (Of("provinceCode").Count(), Of("personalId").Count(), Of("taxCode").Count(), Of("phone").Count()));
        Assert.Equal(63 + 26 + 33 + 45, Vectors.Value.Count);
    }

    [Fact]
    public void Every_province_code_is_known_by_its_name()
    {
        foreach (var vector in Of("provinceCode"))
        {
            Assert.Equal(Text(vector, "nameVi"), ProvinceCodes.NameOf(Text(vector, "code")!));
            Assert.Equal("0" + Text(vector, "gsoCode"), Text(vector, "code"));
        }

        Assert.Null(ProvinceCodes.NameOf("003"));
    }

    [Theory]
    [MemberData(nameof(Ids), "personalId")]
    public void A_personal_number_is_read_as_its_vector_says(string id)
    {
        var vector = Find("personalId", id);
        var expected = vector.GetProperty("expected");
        var number = PersonalNumber.TryParse(Text(vector, "value"));
        if (!expected.GetProperty("valid").GetBoolean())
        {
            Assert.Null(number);
            return;
        }

        Assert.NotNull(number);
        Assert.Equal(Text(expected, "provinceCode"), number.ProvinceCode);
        Assert.Equal(Text(expected, "provinceName"), number.ProvinceName);
        Assert.Equal(Text(expected, "sex"), number.Sex);
        Assert.Equal(expected.GetProperty("birthYear").GetInt32(), number.BirthYear);
        var birth = Text(vector, "dateOfBirth") is { } day ? DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture) : (DateOnly?)null;
        var warnings = number.Warnings(new DateOnly(2026, 11, 23), birth, Text(vector, "sexGiven"));
        Assert.Equal(Words(expected, "warnings"), warnings.Select(w => w.Code));
        Assert.DoesNotContain(number.Value, number.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids), "taxCode")]
    public void A_tax_code_is_read_as_its_vector_says_and_its_check_digit_only_warns(string id)
    {
        var vector = Find("taxCode", id);
        var expected = vector.GetProperty("expected");
        var faults = Words(expected, "errors");
        var (code, fault) = TaxCode.Parse(Text(vector, "value"));
        if (faults.Any(f => f is "FORMAT" or "DEPENDENT_NUMBER_ZERO"))
        {
            Assert.Null(code);
            Assert.Equal(faults.Single(), fault);
            return;
        }

        Assert.NotNull(code);
        Assert.Equal(Text(expected, "form"), code.Form);
        Assert.Equal(expected.GetProperty("checksum") is { ValueKind: JsonValueKind.Number } digit ? digit.GetInt32() : null, code.CheckDigit);
        Assert.Equal(faults, code.Warnings.Select(w => w.Code));
        Assert.Equal(expected.GetProperty("valid").GetBoolean(), code.Warnings.Count == 0);
    }

    [Theory]
    [MemberData(nameof(Ids), "phone")]
    public void A_telephone_number_is_read_as_its_vector_says(string id)
    {
        var vector = Find("phone", id);
        var expected = vector.GetProperty("expected");
        var phone = PhoneNumber.TryParse(Text(vector, "input"));
        if (!expected.GetProperty("valid").GetBoolean())
        {
            Assert.Null(phone);
            return;
        }

        Assert.NotNull(phone);
        Assert.Equal(
            (Text(expected, "kind"), Text(expected, "national"), Text(expected, "e164"), expected.GetProperty("converted").GetBoolean()),
            (phone.Kind, phone.National, phone.E164, phone.WasConverted));
        Assert.Equal(phone.WasConverted ? ["PHONE_CONVERTED"] : [], phone.Warnings.Select(w => w.Code));
        Assert.DoesNotContain(phone.National, phone.ToString(), StringComparison.Ordinal);
        Assert.Equal(phone with { }, PhoneNumber.TryParse(phone.E164)! with { }, (a, b) => a.E164 == b.E164);
    }

    [Theory]
    [InlineData("09123456٧٨")]
    [InlineData("091234567８")]
    [InlineData("+")]
    [InlineData("((((((((((((((((((((((((((((((((((")]
    public void Digits_of_other_alphabets_and_nonsense_are_no_telephone_number(string text) => Assert.Null(PhoneNumber.TryParse(text));

    [Fact]
    public void A_number_is_masked_but_for_its_last_three_digits()
    {
        Assert.Equal("•••••••678", PhoneNumber.Mask("0912345678"));
        Assert.Null(PhoneNumber.Mask(null));
        Assert.Null(PhoneNumber.Mask("113"));
    }

    private static IEnumerable<JsonElement> Of(string type) => Vectors.Value.Where(v => v.GetProperty("type").GetString() == type);

    private static JsonElement Find(string type, string id) => Of(type).Single(v => v.GetProperty("id").GetString() == id);

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string> Words(JsonElement element, string name) =>
        element.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(v => v.GetString()!)] : [];
}
