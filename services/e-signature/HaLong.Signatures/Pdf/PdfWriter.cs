using System.Globalization;
using System.Text;

namespace HaLong.Signatures.Pdf;

/// <summary>Writes objects so that reading them gives the same objects.</summary>
internal static class PdfWriter
{
    public static void Write(Stream target, PdfValue value)
    {
        switch (value)
        {
            case PdfNull:
                target.Write("null"u8);
                break;
            case PdfBoolean boolean:
                target.Write(boolean.Value ? "true"u8 : "false"u8);
                break;
            case PdfNumber number:
                WriteAscii(target, number.Text);
                break;
            case PdfName name:
                WriteName(target, name.Value);
                break;
            case PdfString text:
                WriteAscii(target, $"<{Convert.ToHexStringLower(text.Bytes)}>");
                break;
            case PdfReference reference:
                WriteAscii(target, string.Create(CultureInfo.InvariantCulture, $"{reference.Number} {reference.Generation} R"));
                break;
            case PdfArray array:
                target.Write("["u8);
                for (var i = 0; i < array.Items.Count; i++)
                {
                    if (i > 0)
                        target.Write(" "u8);
                    Write(target, array.Items[i]);
                }

                target.Write("]"u8);
                break;
            case PdfDictionary dictionary:
                target.Write("<<"u8);
                foreach (var (key, entry) in dictionary.Entries)
                {
                    WriteName(target, key);
                    target.Write(" "u8);
                    Write(target, entry);
                    target.Write("\n"u8);
                }

                target.Write(">>"u8);
                break;
            default:
                throw new ArgumentException($"{value.GetType().Name} cannot be written.", nameof(value));
        }
    }

    public static void WriteAscii(Stream target, string text) => target.Write(Encoding.ASCII.GetBytes(text));

    public static PdfNumber Number(long value) => new(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A text string: ASCII as it is, everything else as UTF-16 with its mark (Vietnamese names and reasons).</summary>
    public static PdfString Text(string value) =>
        new(Ascii.IsValid(value) ? Encoding.ASCII.GetBytes(value) : [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(value)], -1, -1,
            IsHex: true);

    /// <summary>A date with its offset: D:20260724101500+07'00'.</summary>
    public static PdfString Date(DateTimeOffset value)
    {
        var sign = value.Offset < TimeSpan.Zero ? '-' : '+';
        return Text(string.Create(CultureInfo.InvariantCulture,
            $"D:{value:yyyyMMddHHmmss}{sign}{value.Offset.Duration():hh}'{value.Offset.Duration():mm}'"));
    }

    private static void WriteName(Stream target, string name)
    {
        var text = new StringBuilder("/");
        foreach (var c in name)
        {
            if (c is > ' ' and < '\x7f' and not '#' && PdfLexer.IsRegular((byte)c))
                text.Append(c);
            else
                text.Append(CultureInfo.InvariantCulture, $"#{(byte)c:x2}");
        }

        WriteAscii(target, text.ToString());
    }
}
