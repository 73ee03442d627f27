using System.Text.Json;
using CsCheck;
using HaLong.Payments.VietQr;

namespace HaLong.Payments.Tests.VietQr;

public sealed class VietQrPropertyTests
{
    private const string Digits = "0123456789";
    private const string Alphanumeric = Digits + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly Gen<string> Printable = Text(Gen.Char[' ', '~'], 1, 25);

    private static readonly Gen<AdditionalData?> Additional = Gen.Select(
        Optional(Text(Gen.Char[Alphanumeric], 1, 15)), Optional(Text(Gen.Char[' ', '~'], 1, 15)), Optional(Text(Gen.Char[' ', '~'], 1, 25)),
        (bill, terminal, purpose) => bill is null && terminal is null && purpose is null
            ? null
            : new AdditionalData { BillNumber = bill, TerminalLabel = terminal, Purpose = purpose });

    private static readonly Gen<VietQrPayload> Payloads =
        from dynamic in Gen.Bool
        from bin in Text(Gen.Char[Digits], 6, 6)
        from account in Text(Gen.Char[Alphanumeric], 1, 19)
        from target in Gen.Int[0, 2].Select(t => t == 0 ? (TransferTarget?)null : t == 1 ? TransferTarget.Account : TransferTarget.Card)
        from amount in Optional(Gen.Long[1, 9_999_999_999_999].Select(a => a.ToString(System.Globalization.CultureInfo.InvariantCulture)))
        from category in Optional(Text(Gen.Char[Digits], 4, 4))
        from name in Optional(Printable)
        from additional in Additional
        select new VietQrPayload
        {
            Initiation = dynamic ? Initiation.Dynamic : Initiation.Static,
            Bin = bin,
            Account = account,
            Target = target,
            Amount = amount,
            MerchantCategoryCode = category,
            MerchantName = name,
            AdditionalData = additional,
        };

    [Fact]
    public void Whatever_is_encoded_decodes_to_itself() => Payloads.Sample(
        payload =>
        {
            Assert.Null(VietQrEncoder.TryEncode(payload, out var text));
            Assert.Null(VietQrDecoder.TryDecode(text, out var decoded));
            Assert.Equal(JsonSerializer.Serialize(payload), JsonSerializer.Serialize(decoded));
        },
        iter: 20_000);

    [Fact]
    public void One_changed_character_is_always_noticed() => Gen.Select(Payloads, Gen.Int[0, 500], Gen.Char[' ', '~']).Sample(
        (payload, at, other) =>
        {
            VietQrEncoder.TryEncode(payload, out var text);
            var changed = text.ToCharArray();
            at %= changed.Length;
            if (changed[at] == other)
                return;
            changed[at] = other;
            Assert.NotNull(VietQrDecoder.TryDecode(new string(changed), out _));
        },
        iter: 20_000);

    [Fact]
    public void Cutting_a_code_is_always_noticed() => Gen.Select(Payloads, Gen.Int[1, 500]).Sample(
        (payload, less) =>
        {
            VietQrEncoder.TryEncode(payload, out var text);
            Assert.NotNull(VietQrDecoder.TryDecode(text[..^Math.Min(less, text.Length)], out _));
        },
        iter: 5_000);

    [Fact]
    public void No_text_breaks_the_decoder() => Gen.String[Gen.Char, 0, 200].Sample(
        text =>
        {
            var fault = VietQrDecoder.TryDecode(text, out var payload);
            Assert.Equal(fault is null, payload is not null);
        },
        iter: 20_000);

    [Fact]
    public void Folded_text_is_plain_capitals_and_folds_to_itself() => Gen.String.Sample(
        text =>
        {
            var folded = AsciiText.Fold(Sanitize(text));
            Assert.DoesNotContain(folded, c => c is < ' ' or > '~' || char.IsAsciiLetterLower(c));
            Assert.Equal(folded, AsciiText.Fold(folded));
            Assert.InRange(AsciiText.Purpose(Sanitize(text)).Length, 0, 25);
        },
        iter: 5_000);

    // Text that is not valid Unicode cannot be normalised, and never arrives: JSON and XML readers refuse it.
    private static string Sanitize(string text) => string.Concat(text.Where(c => !char.IsSurrogate(c)));

    private static Gen<string> Text(Gen<char> letters, int least, int most) => letters.Array[least, most].Select(a => new string(a));

    private static Gen<string?> Optional(Gen<string> gen) => Gen.Select(Gen.Bool, gen, (given, value) => given ? value : null);
}
