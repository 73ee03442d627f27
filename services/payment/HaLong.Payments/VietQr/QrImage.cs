using QRCoder;

namespace HaLong.Payments.VietQr;

/// <summary>Draws a code: error correction M (15 %) and the quiet zone of four modules, so that it reads from a screen and from paper.</summary>
internal static class QrImage
{
    public const int PixelsPerModule = 8;

    public static byte[] Png(string payload)
    {
        using var data = QRCodeGenerator.GenerateQrCode(payload, QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        return code.GetGraphic(PixelsPerModule, drawQuietZones: true);
    }
}
