using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using HaLong.Payments.VietQr;
using QRCoder;

namespace HaLong.Payments.Tests.VietQr;

public sealed partial class QrImageTests
{
    private const string Payload =
        "00020101021238570010A00000072701270006970436011300110000000010208QRIBFTTA530370454061500005802VN62320112HLQ7K3M9XW2P0812HLQ7K3M9XW2P6304563D";

    [Fact]
    public void The_picture_holds_the_modules_of_the_code_inside_a_quiet_zone_of_four()
    {
        var (width, height, isDark) = Decode(QrImage.Png(Payload));

        using var code = QRCodeGenerator.GenerateQrCode(Payload, QRCodeGenerator.ECCLevel.M);
        var modules = code.ModuleMatrix.Count;
        Assert.Equal(modules * QrImage.PixelsPerModule, width);
        Assert.Equal(width, height);
        for (var row = 0; row < modules; row++)
        {
            for (var column = 0; column < modules; column++)
            {
                var dark = isDark((column * QrImage.PixelsPerModule) + 3, (row * QrImage.PixelsPerModule) + 3);
                Assert.Equal(code.ModuleMatrix[row][column], dark);
                if (row < 4 || column < 4 || row >= modules - 4 || column >= modules - 4)
                    Assert.False(dark);
            }
        }
    }

    [Fact]
    public void The_picture_has_error_correction_m()
    {
        var (_, _, isDark) = Decode(QrImage.Png(Payload));

        // Format information: the first two bits beside the upper left finder, masked with 10: M is 00.
        bool Module(int column, int row) => isDark(((column + 4) * QrImage.PixelsPerModule) + 3, ((row + 4) * QrImage.PixelsPerModule) + 3);
        Assert.True(Module(0, 8));
        Assert.False(Module(1, 8));
    }

    [Fact]
    public void The_drawing_for_paper_has_error_correction_q_and_no_size_of_its_own()
    {
        var svg = XElement.Parse(QrImage.Svg(Payload));

        using var code = QRCodeGenerator.GenerateQrCode(Payload, QRCodeGenerator.ECCLevel.Q);
        var modules = code.ModuleMatrix.Count;
        Assert.Equal($"0 0 {modules} {modules}", svg.Attribute("viewBox")?.Value);
        Assert.Null(svg.Attribute("width"));
        var dark = new bool[modules, modules];
        // One path of rows: "M4 4h7v1h-7z" is a run of seven dark modules.
        var path = Assert.Single(svg.Elements(), e => e.Name.LocalName == "path");
        foreach (Match run in Run().Matches(path.Attribute("d")!.Value)) // the drawing has one
        {
            var (x, y, length) = (Number(run, "x"), Number(run, "y"), Number(run, "length"));
            for (var column = x; column < x + length; column++)
                dark[y, column] = true;
        }
        for (var row = 0; row < modules; row++)
        {
            for (var column = 0; column < modules; column++)
                Assert.Equal(code.ModuleMatrix[row][column], dark[row, column]);
        }

        static int Number(Match run, string name) => int.Parse(run.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void The_same_code_gives_the_same_picture() => Assert.Equal(QrImage.Png(Payload), QrImage.Png(Payload));

    /// <summary>Reads the plain PNG that the drawing makes: one bit or one byte for each pixel, no filters but "none".</summary>
    private static (int Width, int Height, Func<int, int, bool> IsDark) Decode(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        int width = 0, height = 0, depth = 0;
        using var packed = new MemoryStream();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var type = System.Text.Encoding.ASCII.GetString(png, at + 4, 4);
            var data = png.AsSpan(at + 8, length);
            if (type == "IHDR")
                (width, height, depth) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]), data[8]);
            if (type == "IDAT")
                packed.Write(data);
            at += length + 12;
        }

        packed.Position = 0;
        using var inflated = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionMode.Decompress))
            zlib.CopyTo(inflated);
        var pixels = inflated.ToArray();
        var stride = 1 + ((width * depth) + 7) / 8;
        Assert.Equal(1, depth);
        Assert.Equal(stride * height, pixels.Length);
        return (width, height, (x, y) => (pixels[(y * stride) + 1 + (x / 8)] >> (7 - (x % 8)) & 1) == 0);
    }

    [GeneratedRegex(@"M(?<x>\d+) (?<y>\d+)h(?<length>\d+)v1h-\k<length>z")]
    private static partial Regex Run();
}
