using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace HaLong.Identity.SignIn;

/// <summary>HTML put together from text; every hole is encoded unless it is HTML already.</summary>
internal sealed record Html(string Text)
{
    public static readonly Html Empty = new("");

    public static Html Of(HtmlBuilder builder) => new(builder.ToString());

    public override string ToString() => Text;
}

[InterpolatedStringHandler]
internal readonly ref struct HtmlBuilder(int literalLength, int formattedCount)
{
    // Vietnamese letters stay readable in the page source.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new(literalLength + (formattedCount * 32));

    public void AppendLiteral(string value) => _text.Append(value);

    public void AppendFormatted(Html value) => _text.Append(value.Text);

    public void AppendFormatted(string? value) => _text.Append(Encoder.Encode(value ?? ""));

    public override string ToString() => _text.ToString();
}
