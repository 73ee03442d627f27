using System.Text.Json;
using HaLong.Payments.VietQr;

namespace HaLong.Payments.Tests.VietQr;

public sealed class VietQrVectorTests
{
    public static TheoryData<string> ValidIds => Ids(valid: true);

    public static TheoryData<string> InvalidIds => Ids(valid: false);

    [Theory]
    [MemberData(nameof(ValidIds))]
    public void A_valid_code_decodes_to_its_fields(string id)
    {
        var vector = Vectors.Item(id);
        var fields = vector.GetProperty("fields");

        Assert.Null(VietQrDecoder.TryDecode(Payload(id), out var payload));

        Assert.NotNull(payload);
        Assert.Equal(fields.Text("pointOfInitiation"), ((int)payload.Initiation).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(vector.Text("mode"), payload.Initiation == Initiation.Static ? "static" : "dynamic");
        Assert.Equal(vector.Text("target"), payload.Target?.ToString().ToLowerInvariant());
        Assert.Equal(fields.Text("bin"), payload.Bin);
        Assert.Equal(vector.Text("bankShortName"), BankDirectory.ShortName(payload.Bin));
        Assert.Equal(fields.Text("account"), payload.Account);
        Assert.Equal(fields.Text("amount"), payload.Amount);
        Assert.Equal(fields.Text("merchantCategoryCode"), payload.MerchantCategoryCode);
        Assert.Equal(fields.Text("merchantName"), payload.MerchantName);
        Assert.Equal(fields.Text("merchantCity"), payload.MerchantCity);
        Assert.Equal(fields.Text("postalCode"), payload.PostalCode);
        AssertAdditional(fields, payload.AdditionalData);
    }

    [Theory]
    [MemberData(nameof(ValidIds))]
    public void What_was_decoded_encodes_to_the_same_contents(string id)
    {
        VietQrDecoder.TryDecode(Payload(id), out var payload);

        Assert.NotNull(payload);
        Assert.Null(VietQrEncoder.TryEncode(payload, out var text));

        // One vector has its tags in another order; every other one is reproduced to the letter.
        if (id != "QR-P14")
            Assert.Equal(Payload(id), text);
        Assert.Equal(Payload(id).Length, text.Length);
        Assert.Null(VietQrDecoder.TryDecode(text, out var again));
        Assert.Equal(Json(payload), Json(again));
    }

    [Theory]
    [MemberData(nameof(InvalidIds))]
    public void An_invalid_code_is_refused_with_its_first_fault(string id)
    {
        var fault = VietQrDecoder.TryDecode(Payload(id), out var payload);

        Assert.Equal(Vectors.Item(id).Text("error"), fault?.Code());
        Assert.Null(payload);
    }

    [Fact]
    public void The_checksum_of_every_vector_is_right()
    {
        foreach (var vector in Vectors.Root.GetProperty("crcVectors").EnumerateArray())
            Assert.Equal(vector.Text("crc"), Crc16.Hex(vector.Text("input")));
    }

    [Fact]
    public void The_checksum_that_the_vectors_compute_for_faulty_codes_is_ours()
    {
        foreach (var vector in Vectors.Items(valid: false).Where(v => v.Text("computedCrc") is not null))
            Assert.Equal(vector.Text("computedCrc"), Crc16.Hex(vector.Text("payload").AsSpan()[..^4]));
    }

    [Fact]
    public void Every_fault_code_of_the_list_exists_and_no_other()
    {
        var listed = Vectors.Root.GetProperty("about").GetProperty("errorCodes").EnumerateArray().Select(c => c.GetString());

        Assert.Equal(listed, Enum.GetValues<VietQrFault>().Select(f => f.Code()));
    }

    [Fact]
    public void Vietnamese_text_folds_as_the_vectors_say()
    {
        foreach (var vector in Vectors.Root.GetProperty("transliteration").EnumerateArray())
        {
            Assert.Equal(vector.Text("ascii"), AsciiText.Fold(vector.Text("input") ?? ""));
            Assert.Equal(vector.Text("purpose25"), AsciiText.Purpose(vector.Text("input") ?? ""));
        }
    }

    private static void AssertAdditional(JsonElement fields, AdditionalData? data)
    {
        if (!fields.TryGetProperty("additionalData", out var expected))
        {
            Assert.Null(data);
            return;
        }

        Assert.NotNull(data);
        Assert.Equal(expected.Text("billNumber"), data.BillNumber);
        Assert.Equal(expected.Text("referenceLabel"), data.ReferenceLabel);
        Assert.Equal(expected.Text("customerLabel"), data.CustomerLabel);
        Assert.Equal(expected.Text("terminalLabel"), data.TerminalLabel);
        Assert.Equal(expected.Text("purpose"), data.Purpose);
        Assert.Equal(expected.Text("consumerDataRequest"), data.ConsumerDataRequest);
        var other = expected.TryGetProperty("other", out var list)
            ? list.EnumerateArray().Select(o => new TlvField(o.Text("tag") ?? "", o.Text("value") ?? ""))
            : [];
        Assert.Equal(other, data.Other);
    }

    private static TheoryData<string> Ids(bool valid) => [.. Vectors.Items(valid).Select(i => i.Text("id") ?? "")];

    private static string Payload(string id) => Vectors.Item(id).Text("payload") ?? "";

    private static string Json(VietQrPayload? payload) => JsonSerializer.Serialize(payload);
}
