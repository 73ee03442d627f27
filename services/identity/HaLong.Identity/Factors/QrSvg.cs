using System.Globalization;
using System.Text;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using QRCoder;

namespace HaLong.Identity.Factors;

/// <summary>A QR code as a drawing inside the page: no picture to fetch, no style, so the page's content policy stays closed.</summary>
internal static class QrSvg
{
    public static Html Of(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < data.ModuleMatrix.Count; y++)
        {
            var row = data.ModuleMatrix[y];
            for (var x = 0; x < row.Length; x++)
            {
                if (row[x])
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            }
        }

        var size = data.ModuleMatrix.Count.ToString(CultureInfo.InvariantCulture);
        return Html.Of($"""
            <svg role="img" aria-label="{Text.Bilingual("Mã QR cho ứng dụng xác thực", "QR code for the authenticator app")}" viewBox="0 0 {size} {size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{path.ToString()}"/></svg>
            """);
    }
}
