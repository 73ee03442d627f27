using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.Validation;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Tests.Validation;

public sealed class TrustListTests
{
    private static readonly ForeignPki Foreign = new("HaLong foreign root");
    private static readonly ForeignPki Other = new("HaLong other root");

    internal static byte[] Json(params object[] entries) => JsonSerializer.SerializeToUtf8Bytes(new { entries });

    internal static object Entry(ForeignPki pki, string? from = "2020-01-01", string? until = null) => Entry(pki.Root, "public", from, until);

    internal static object Entry(X509Certificate2 root, string kind, string? from = "2020-01-01", string? until = null) => new
    {
        name = "Khác",
        kind,
        certificate = root.ExportCertificatePem(),
        trustedFrom = from,
        trustedUntil = until,
        uses = new[] { "signing", "timeStamps" },
        source = "Giấy phép số 1",
    };

    [Fact]
    public void The_shipped_list_has_our_own_root_only()
    {
        Assert.Empty(TrustFile.Read(TrustFile.Shipped()));
        Assert.Null(TrustList.WhyNot(""));
    }

    [Fact]
    public void Entries_are_read_with_their_dates_by_certificate_or_by_thumbprint()
    {
        var anchors = TrustFile.Read(Json(Entry(Foreign, until: "2027-01-01"), new
        {
            name = "Quốc gia",
            kind = "national",
            sha256 = new string('A', 64),
            trustedFrom = "2024-07-01",
            uses = new[] { "signing" },
            source = "NEAC",
        }));
        Assert.Equal([("Khác", TrustKind.Public), ("Quốc gia", TrustKind.National)], anchors.Select(a => (a.Name, a.Kind)));
        Assert.Equal(Foreign.Root.RawData, anchors[0].Certificate);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Foreign.Root.RawData)), anchors[0].Sha256);
        Assert.Equal((new DateOnly(2020, 1, 1), new DateOnly(2027, 1, 1)), (anchors[0].From, anchors[0].Until!.Value));
        Assert.Equal((null, new string('a', 64)), (anchors[1].Certificate, anchors[1].Sha256));
        Assert.Equal([TrustUse.Signing, TrustUse.TimeStamps], anchors[0].Uses);
    }

    public static TheoryData<string, string> Slips => new()
    {
        { "not JSON", "not such a list" },
        { "{}", "no entries" },
        { """{"entries":[{}]}""", "name is missing" },
        { """{"entries":[{"name":"x"}]}""", "kind is missing" },
        { """{"entries":[{"name":"x","kind":"public"}]}""", "source is missing" },
        { """{"entries":[{"name":"x","kind":"public","source":"y"}]}""", "trusted for nothing" },
        { """{"entries":[{"name":"x","kind":"public","source":"y","uses":["signing"]}]}""", "either the certificate or its sha256" },
        { """{"entries":[{"name":"x","kind":"public","source":"y","uses":["signing"],"sha256":"12"}]}""", "not 64 hex digits" },
        { """{"entries":[{"name":"x","kind":"public","source":"y","uses":["reading"],"sha256":"12"}]}""", "not such a list" },
        { """{"entries":[{"name":"x","kind":"bank","source":"y"}]}""", "not such a list" },
        { """{"entries":[{"name":"x","kind":2,"source":"y"}]}""", "not such a list" },
        { """{"entries":[{"name":"x","name":"z"}]}""", "not such a list" },
        { """{"entries":[{"name":"x","trustedSince":"2020-01-01"}]}""", "not such a list" },
        { """{"entries":[{"name":"x","kind":"own","source":"y","uses":["signing"],"trustedUntil":"2030-01-01"}]}""", "always counts" },
        { """{"entries":[{"name":"x","kind":"public","source":"y","uses":["signing"],"trustedFrom":"2020-01-01","certificate":"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"}]}""", "cannot be read" },
        { """{"entries":[{"name":"x","kind":"public","source":"y","uses":["signing"],"sha256":"SHA"}]}""".Replace("SHA", new string('0', 64),
            StringComparison.Ordinal), "trustedFrom is missing" },
        { """{"entries":[{"name":"x","kind":"public","source":"y","uses":["signing"],"trustedFrom":"2020-01-01","trustedUntil":"2020-01-01","sha256":"SHA"}]}""".Replace("SHA", new string('0', 64), StringComparison.Ordinal), "not after trustedFrom" },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public void A_slip_is_refused_and_named(string json, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => TrustFile.Read(Encoding.UTF8.GetBytes(json))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_certificate_of_somebody_who_is_no_authority_is_refused() => Assert.Contains("not that of an authority",
        Assert.Throws<FormatException>(() =>
        TrustFile.Read(Json(new
        {
            name = "x",
            kind = "public",
            certificate = TestPki.Default.Seal.ExportCertificatePem(),
            trustedFrom = "2020-01-01",
            uses = new[] { "signing" },
            source = "y"
        }))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_list_that_is_replaced_is_in_force_soon_and_one_that_cannot_be_read_changes_nothing()
    {
        using var judge = new Judge();
        var path = judge.Save("roots.json", Json());
        var time = new ShiftedTime();
        var list = new TrustList(Options.Create(new ValidationOptions { TrustListPath = path, TrustListSeconds = 3600 }), time,
            NullLogger<TrustList>.Instance);
        Assert.Empty(list.Current);

        judge.Save("roots.json", Json(Entry(Foreign)));
        Assert.Empty(list.Current);
        time.Shift += TimeSpan.FromHours(2);
        Assert.Single(list.Current);

        judge.Save("roots.json", "{"u8.ToArray());
        time.Shift += TimeSpan.FromHours(2);
        Assert.Single(list.Current);
        File.Delete(path);
        time.Shift += TimeSpan.FromHours(2);
        Assert.Single(list.Current);

        judge.Save("roots.json", Json(Entry(Foreign), Entry(Other)));
        time.Shift += TimeSpan.FromHours(2);
        Assert.Equal(2, list.Current.Count);
        Assert.NotNull(TrustList.WhyNot(judge.Save("broken.json", "{"u8.ToArray())));
        Assert.NotNull(TrustList.WhyNot(Path.Combine(judge.Folder, "nothing.json")));
    }
}
