using HaLong.Payments.VietQr;

namespace HaLong.Payments.Tests.VietQr;

public sealed class VietQrEncoderTests
{
    private static readonly VietQrPayload Plain = new()
    {
        Initiation = Initiation.Dynamic,
        Bin = "970436",
        Account = "0011000000001",
        Target = TransferTarget.Account,
        Amount = "150000",
    };

    [Theory]
    [InlineData("", "BAD_AMOUNT", false)]
    [InlineData("0", "BAD_AMOUNT", true)]
    [InlineData("0.00", "BAD_AMOUNT", true)]
    [InlineData("-5", "BAD_AMOUNT", true)]
    [InlineData("1.", "BAD_AMOUNT", true)]
    [InlineData(".5", "BAD_AMOUNT", true)]
    [InlineData("1.2.3", "BAD_AMOUNT", true)]
    [InlineData("99999999999999", "BAD_AMOUNT", true)]
    [InlineData("9999999999999", "BAD_AMOUNT", false)]
    public void Only_a_positive_amount_of_at_most_thirteen_characters_is_written(string amount, string code, bool refused) =>
        Assert.Equal(refused ? code : null, VietQrEncoder.TryEncode(Plain with { Amount = amount }, out _)?.Code());

    [Fact]
    public void What_the_decoder_would_refuse_is_not_written()
    {
        Assert.Equal(VietQrFault.BadBin, Fault(Plain with { Bin = "97043" }));
        Assert.Equal(VietQrFault.BadAccount, Fault(Plain with { Account = "0011-00" }));
        Assert.Equal(VietQrFault.MissingSubtag, Fault(Plain with { Account = "" }));
        Assert.Equal(VietQrFault.BadMcc, Fault(Plain with { MerchantCategoryCode = "12A4" }));
        Assert.Equal(VietQrFault.ValueTooLong, Fault(Plain with { MerchantName = new string('A', 26) }));
        Assert.Equal(VietQrFault.ValueTooLong, Fault(Plain with { MerchantCity = new string('A', 16) }));
        Assert.Equal(VietQrFault.ValueTooLong, Fault(Plain with { PostalCode = new string('1', 11) }));
        Assert.Equal(VietQrFault.NonAscii, Fault(Plain with { MerchantName = "Hạ Long" }));
        Assert.Equal(VietQrFault.DuplicateTag, Fault(Plain with { Other = [new TlvField("53", "704")] }));
        Assert.Equal(VietQrFault.ValueTooLong, Fault(Plain with { MerchantName = new string('A', 120) }));
    }

    [Fact]
    public void Additional_data_is_checked_too()
    {
        Assert.Equal(VietQrFault.ValueTooLong, Fault(new AdditionalData { Purpose = new string('A', 26) }));
        Assert.Equal(VietQrFault.BadAdditionalTag, Fault(new AdditionalData { ConsumerDataRequest = "AX" }));
        Assert.Equal(VietQrFault.BadAdditionalTag, Fault(new AdditionalData { ConsumerDataRequest = "AA" }));
        Assert.Equal(VietQrFault.BadAdditionalTag, Fault(new AdditionalData { Other = [new TlvField("10", "X")] }));
        Assert.Null(Fault(new AdditionalData { Purpose = new string('A', 25), Other = [new TlvField("99", "X")] }));
        // Three fields of 25 and one of 24 do not fit the 99 characters of the template.
        Assert.Equal(
            VietQrFault.ValueTooLong,
            Fault(new AdditionalData
            {
                BillNumber = new string('1', 25),
                StoreLabel = new string('2', 25),
                ReferenceLabel = new string('3', 25),
                Purpose = new string('4', 25),
            }));
    }

    [Fact]
    public void A_field_without_contents_is_left_out()
    {
        VietQrEncoder.TryEncode(Plain with { MerchantName = "", AdditionalData = new AdditionalData() }, out var text);

        Assert.DoesNotContain("5900", text, StringComparison.Ordinal);
        Assert.DoesNotContain("6200", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Tips_and_other_languages_are_kept_as_read()
    {
        VietQrEncoder.TryEncode(Plain with { Other = [new TlvField("55", "01"), new TlvField("64", "0002VI0104HA L")] }, out var text);

        Assert.Null(VietQrDecoder.TryDecode(text, out var payload));
        Assert.Equal([new TlvField("55", "01"), new TlvField("64", "0002VI0104HA L")], payload?.Other);
    }

    private static VietQrFault? Fault(VietQrPayload payload) => VietQrEncoder.TryEncode(payload, out _);

    private static VietQrFault? Fault(AdditionalData data) => Fault(Plain with { AdditionalData = data });
}
