using QRCoder;

namespace HaLong.Payments.VietQr;

/// <summary>What a code is shown on.</summary>
internal enum QrUse
{
    /// <summary>A telephone or a monitor: error correction M (15 %).</summary>
    Screen,

    /// <summary>Paper, which gets folds and stains: error correction Q (25 %).</summary>
    Paper,
}

/// <summary>Draws a code with the quiet zone of four modules, so that it reads from a screen and from paper.</summary>
internal static class QrImage
{
    public const int PixelsPerModule = 8;

    public static byte[] Png(string payload, QrUse use = QrUse.Screen)
    {
        using var data = QRCodeGenerator.GenerateQrCode(payload, Level(use));
        using var code = new PngByteQRCode(data);
        return code.GetGraphic(PixelsPerModule, drawQuietZones: true);
    }

    /// <summary>The same as a drawing without a size of its own: it fills what holds it, sharp at any.</summary>
    public static string Svg(string payload, QrUse use = QrUse.Paper)
    {
        using var data = QRCodeGenerator.GenerateQrCode(payload, Level(use));
        using var code = new SvgQRCode(data);
        return code.GetGraphic(new System.Drawing.Size(data.ModuleMatrix.Count, data.ModuleMatrix.Count), drawQuietZones: true, sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    private static QRCodeGenerator.ECCLevel Level(QrUse use) => use == QrUse.Paper ? QRCodeGenerator.ECCLevel.Q : QRCodeGenerator.ECCLevel.M;
}
