using System.Globalization;
using System.Text;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Tests.Pdf;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Tests.Validation;

/// <summary>Attacks that were shown on other people's readers. None of these files is called valid.</summary>
public sealed class AttackTests
{
    private static readonly TestPki Pki = TestPki.Default;
    private const string Catalog = "<</Type/Catalog/Pages 2 0 R>>";
    private const string Pages = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
    private const string PageOf = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>";
    private const string Font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
    private const string Overlay = "<</Type/XObject/Subtype/Form/BBox[0 0 300 200]/Length 27>>\nstream\n1 g 0 0 300 200 re f       \nendstream";

    private static ValidationReport Validate(byte[] pdf, Trust? trust = null, DateTimeOffset? now = null) =>
        PdfValidator.Validate(pdf, trust ?? Pki.Trust, now ?? TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);

    private static byte[] Sign(byte[] pdf, SigningKey? signer = null) => SignatureRevisionTests.Sign(pdf, signer);

    private static void IsChanged(byte[] pdf)
    {
        var report = Validate(pdf);
        Assert.Equal(Indication.Invalid, report.Indication);
        Assert.Contains(Reasons.ChangedAfterSigning, report.Signatures[0].Reasons);
        // A further signature of somebody honest makes it no better.
        Assert.Contains(Reasons.ChangedAfterSigning, Validate(Sign(pdf, Pki.NewSigner("06661"))).Signatures[0].Reasons);
    }

    private static byte[] Shadow(string annotation, params string[] more) => Sign(SamplePdfs.Build(
        [Catalog, Pages, PageOf + "/Annots[6 0 R]>>", SamplePdfs.Text(), Font, annotation, .. more]));

    [Fact]
    public void Shadow_hide_an_overlay_that_was_signed_is_taken_away()
    {
        var signed = Shadow("<</Type/Annot/Subtype/Stamp/Rect[0 0 300 200]/AP<</N 7 0 R>>>>", Overlay);
        Assert.Equal(Indication.Valid, Validate(signed).Indication);
        IsChanged(SamplePdfs.Append(signed, (6, "null")));
        IsChanged(SamplePdfs.Append(signed, (7, "<</Type/XObject/Subtype/Form/BBox[0 0 0 0]/Length 1>>\nstream\n \nendstream")));
        // Marked as free, as an editor deletes.
        IsChanged(Freed(signed, 7));
    }

    [Fact]
    public void Shadow_replace_a_font_or_the_value_shown_by_a_field_is_exchanged()
    {
        var signed = Sign(SamplePdfs.Build(Catalog[..^2] + "/AcroForm<</Fields[6 0 R]>>>>", Pages, PageOf + "/Annots[6 0 R]>>", SamplePdfs.Text(), Font,
            "<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)/V(100)/Rect[10 10 90 30]/AP<</N 7 0 R>>>>", Overlay));
        IsChanged(SamplePdfs.Append(signed, (5, "<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/CharProcs<<>>>>")));
        IsChanged(SamplePdfs.Append(signed, (7, Overlay.Replace("1 g", "0 g", StringComparison.Ordinal))));
        IsChanged(SamplePdfs.Append(signed, (6, "<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)/V(900)/Rect[10 10 90 30]/AP<</N 7 0 R>>>>")));
    }

    [Fact]
    public void Shadow_hide_and_replace_a_second_text_that_was_signed_but_not_shown_is_brought_up_by_cross_references_alone()
    {
        // Two objects of the same number: the table names the first.
        var text = Encoding.Latin1.GetString(SamplePdfs.Table());
        var hidden = text.IndexOf("5 0 obj", StringComparison.Ordinal);
        var other = SamplePdfs.Text().Replace("yes", "not", StringComparison.Ordinal);
        var block = string.Create(CultureInfo.InvariantCulture, $"4 0 obj\n{other}\nendobj\n");
        var start = text.LastIndexOf("xref\n0", StringComparison.Ordinal);
        text = text[..start] + block + text[start..].Replace(string.Create(CultureInfo.InvariantCulture, $"startxref\n{start}"),
            string.Create(CultureInfo.InvariantCulture, $"startxref\n{start + block.Length}"), StringComparison.Ordinal);
        Assert.True(hidden > 0);
        var signed = Sign(Encoding.Latin1.GetBytes(text));
        Assert.Equal(Indication.Valid, Validate(signed).Indication);

        var before = Encoding.Latin1.GetString(signed);
        var previous = before[(before.LastIndexOf("startxref", StringComparison.Ordinal) + 9)..].Trim().Split('\n')[0];
        IsChanged(Encoding.Latin1.GetBytes(before + string.Create(CultureInfo.InvariantCulture,
            $"xref\n4 1\n{start:D10} 00000 n \ntrailer\n<</Size 100/Root 1 0 R/Prev {previous}>>\nstartxref\n{before.Length}\n%%EOF\n")));
    }

    [Fact]
    public void Incremental_saving_also_without_cross_references_or_end_is_noticed()
    {
        var signed = Sign(SamplePdfs.Table());
        byte[] page = Encoding.ASCII.GetBytes("3 0 obj\n" + PageOf.Replace("4 0 R", "50 0 R", StringComparison.Ordinal) + ">>\nendobj\n");
        foreach (var attack in new byte[][]
        {
            SamplePdfs.Append(signed, (4, SamplePdfs.Text(1))), [.. signed, .. page], [.. signed, .. page, .. "trailer\n<</Root 1 0 R>>\n%%EOF\n"u8],
            [.. signed, .. "%%EOF\n"u8], [.. signed, .. "startxref\n0\n%%EOF\n"u8],
        })
            Assert.Equal(Indication.Invalid, Validate(attack).Indication);
    }

    [Fact]
    public void Wrapping_the_signed_bytes_moved_behind_other_content_do_not_cover_the_file()
    {
        var signed = Sign(SamplePdfs.Table());
        var range = SignatureFields.Find(PdfFile.Open(signed)).Single().ByteRange!;
        // The second part is copied to the end, the range leads there, and what lies between is the attacker's.
        var tail = signed[(int)range[2]..];
        var moved = string.Create(CultureInfo.InvariantCulture, $"[0 {range[1]} {signed.Length + 40} {tail.Length}]").PadRight(36);
        var old = string.Create(CultureInfo.InvariantCulture, $"[{string.Join(' ', range)}]").PadRight(36);
        var wrapped = SamplePdfs.Replace(signed, old, moved);
        IsNotValid([.. wrapped, .. Encoding.ASCII.GetBytes(new string(' ', 40)), .. tail], Reasons.ByteRangeInvalid);
    }

    [Fact]
    public void A_second_gap_an_overlap_and_a_contents_of_another_kind_are_refused()
    {
        var signed = Sign(SamplePdfs.Table());
        var range = SignatureFields.Find(PdfFile.Open(signed)).Single().ByteRange!;
        var old = string.Create(CultureInfo.InvariantCulture, $"[{string.Join(' ', range)}]").PadRight(36);
        foreach (var forged in new[]
        {
            $"[0 {range[1]} {range[2]} 9 {range[2] + 20} 9]", $"[0 {range[2]} {range[1]} {range[3]}]",
            $"[0 {range[1]} {range[2] - 1} {range[3] + 1}]", "[0 0 0 0]",
            $"[0 {range[1]} {range[2]} {range[3]}.0]", $"[0 {range[1]} {range[2]} -{range[3]}]",
        })
            IsNotValid(SamplePdfs.Replace(signed, old, forged.PadRight(36)), Reasons.ByteRangeInvalid);
        // A signature named twice: programs disagree which one counts.
        Assert.NotEqual(Indication.Valid, Validate(SamplePdfs.Replace(signed, "/Filter/Adobe.PPKLite", "/Contents<00> /FilterXX")).Indication);
    }

    [Fact]
    public void A_field_that_leads_to_an_older_or_foreign_signature_is_noticed()
    {
        var signed = Sign(SamplePdfs.Table());
        var field = Encoding.Latin1.GetString(signed);
        var number = int.Parse(field[..field.IndexOf(" 0 obj\n<</Type/Sig/", StringComparison.Ordinal)].Split('\n')[^1], CultureInfo.InvariantCulture);
        // The newest revision gives the signature dictionary another name of the signer, and keeps the rest.
        IsNotValid(SamplePdfs.Append(signed, (number, "<</Type/Sig/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<00>>>")),
            Reasons.ByteRangeInvalid);
        Assert.Equal(Indication.Unknown, Validate(SamplePdfs.Append(signed, (number, "null"))).Indication);
    }

    [Theory]
    [InlineData("/AP<</N 51 0 R>>", "")]
    [InlineData("/AP<</N 51 0 R>>", "/V<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>")]
    // The signature that is there vouches for nothing that came after it.
    [InlineData("/AP<</N 51 0 R>>", "/V 6 0 R")]
    [InlineData("/MK<</BG[1]>>", "")]
    public void A_later_widget_that_calls_itself_a_signature_and_covers_the_page_is_a_change(string look, string value)
    {
        var signed = Sign(SamplePdfs.Table());
        var widget = $"<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature2)/Rect[0 0 300 200]/P 3 0 R{look}{value}>>";
        var attack = SamplePdfs.Append(signed, (3, PageOf + "/Annots[7 0 R 50 0 R]>>"), (50, widget), (51, Overlay),
            (1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[7 0 R 50 0 R]/SigFlags 3>>>>"));
        IsChanged(attack);
        // Without a look it is a field that waits for its signer.
        Assert.Equal(Indication.Valid, Validate(SamplePdfs.Append(signed, (3, PageOf + "/Annots[7 0 R 50 0 R]>>"),
            (50, "<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature2)/Rect[0 0 300 200]/P 3 0 R>>"),
            (1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[7 0 R 50 0 R]/SigFlags 3>>>>"))).Indication);
    }

    [Fact]
    public void A_field_that_waited_may_be_filled_by_a_signer_and_by_nothing_else()
    {
        var waiting = Sign(CorpusFiles.Of("form-empty-signature-field"));
        using var other = Pki.NewSigner("06661");
        var filled = Fill(waiting, other, "/AP<</N 51 0 R>>");
        var report = Validate(filled);
        Assert.Equal([Indication.Valid, Indication.Valid], report.Signatures.Select(s => s.Indication));
        Assert.Equal(2, report.Signatures.Count);

        const string Field = "<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/Rect[10 10 90 40]/P 3 0 R";
        IsChanged(SamplePdfs.Append(waiting, (4, Field + "/AP<</N 51 0 R>>>>"), (51, Overlay)));
        IsChanged(SamplePdfs.Append(waiting, (4, Field.Replace("90 40", "300 200", StringComparison.Ordinal) + ">>")));
        // What is filled is not filled again.
        var again = Validate(Fill(filled, Pki.NewSigner("06664"), ""));
        Assert.Equal((Indication.Invalid, Reasons.SignatureRemoved), (again.Indication, again.Reasons.Single()));
    }

    // As another program signs an empty field: object 4 gets its value.
    private static byte[] Fill(byte[] pdf, SigningKey signer, string look)
    {
        using var writer = new RevisionWriter(PdfFile.Open(pdf));
        var (value, places) = (writer.Reserve(), (0, 0));
        writer.Write(value, target =>
        {
            PdfWriter.WriteAscii(target, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached\n");
            places = PreparedRevision.WriteRoom(target);
            PdfWriter.WriteAscii(target, ">>");
        });
        writer.Write(new PdfReference(4, 0), target => PdfWriter.WriteAscii(target,
            $"<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/Rect[10 10 90 40]/P 3 0 R/V {value.Number} 0 R{look}>>"));
        var revision = PreparedRevision.Of(writer.Finish(), places, pdf.Length);
        return [.. pdf, .. revision.Embed(CmsWriter.Sign(revision.DigestBy(signer.Algorithm.Hash, pdf), signer))];
    }

    [Fact]
    public void A_visible_signature_of_a_stranger_does_not_make_the_whole_valid()
    {
        var stranger = new TestPki("stranger").Signer;
        var signed = Sign(SamplePdfs.Table());
        var prepared = PadesSigner.Prepare(signed, stranger.Chain, stranger.Algorithm, SignatureRevisionTests.Details, new SignatureAppearance());
        byte[] twice = [.. signed, .. prepared.Complete(stranger.SignHash(prepared.HashToSign), null).Value.Bytes];
        Assert.Equal(Indication.Unknown, Validate(twice).Indication);
        // And one whose signature does not fit is an overlay.
        var broken = prepared.Revision.Embed(prepared.Draft.Assemble(stranger.SignHash(new byte[32])));
        IsChanged([.. signed, .. broken]);
    }

    [Fact]
    public void The_look_of_a_signature_that_is_there_cannot_be_exchanged()
    {
        var prepared = PadesSigner.Prepare(SamplePdfs.Table(), Pki.Signer.Chain, Pki.Signer.Algorithm, SignatureRevisionTests.Details,
            new SignatureAppearance());
        byte[] signed = [.. SamplePdfs.Table(), .. prepared.Complete(Pki.Signer.SignHash(prepared.HashToSign), null).Value.Bytes];
        var file = PdfFile.Open(signed);
        var widget = (PdfReference)file.Array(file.Dictionary(file.Catalog["AcroForm"])!["Fields"])!.Items[0];
        var form = (PdfReference)file.Dictionary(file.Dictionary(widget)!["AP"])!["N"]!;
        IsChanged(SamplePdfs.Append(signed, (form.Number, Overlay)));
    }

    [Theory]
    [InlineData(3, PageOf + "/X 1>>")]
    [InlineData(4, "<</Length 40>>\nstream\nBT /F1 18 Tf 40 100 Td (Refused      ) Tj ET\nendstream")]
    [InlineData(2, "<</Type/Pages/Kids[3 0 R 50 0 R]/Count 2>>")]
    public void A_revision_of_evidence_that_smuggles_pages_is_a_change(int number, string value)
    {
        var signed = Sign(SamplePdfs.Table());
        var catalog = "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[7 0 R]/SigFlags 3>>/DSS 52 0 R>>";
        IsChanged(SamplePdfs.Append(signed, (1, catalog), (52, "<</Type/DSS/Certs[]>>"), (number, value), (50, PageOf + ">>")));
        // The evidence alone is none.
        Assert.Equal(Indication.Valid, Validate(SamplePdfs.Append(signed, (1, catalog), (52, "<</Type/DSS/Certs[]>>"))).Indication);
    }

    [Fact]
    public void A_store_that_is_also_the_resources_of_a_page_gains_no_resources()
    {
        var signed = Sign(SamplePdfs.Build("<</Type/Catalog/Pages 2 0 R/DSS 5 0 R>>", Pages,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources 5 0 R>>", SamplePdfs.Text(), "<</Type/DSS/Certs[]>>"));
        Assert.Equal(Indication.Valid, Validate(SamplePdfs.Append(signed, (5, "<</Type/DSS/Certs[]/OCSPs[]>>"))).Indication);
        IsChanged(SamplePdfs.Append(signed, (5, "<</Type/DSS/Certs[]/Font<</F1 50 0 R>>>>"), (50, Font)));
    }

    [Fact]
    public void Expired_in_the_middle_the_chain_had_to_hold_when_it_was_signed()
    {
        // Everything is of twelve years ago: the issuing authority ended two years ago, the seal long before.
        var old = new TestPki("old", TimeProvider.System.GetUtcNow().AddYears(-12));
        var signed = Sign(SamplePdfs.Table(), old.Signer);
        var report = Validate(signed, old.Trust);
        Assert.Equal(Indication.Expired, report.Indication);
        Assert.Equal([Reasons.CertificateExpired], report.Signatures.Single().Reasons);
        Assert.Equal(Indication.Valid, Validate(signed, old.Trust, TimeProvider.System.GetUtcNow().AddYears(-11)).Indication);
    }

    [Fact]
    public void A_time_stamp_or_document_time_stamp_moved_from_another_file_proves_nothing()
    {
        var signed = Archive.Sign(data: Archive.Evidence());
        var token = SignedRange.Unpadded(SignatureFields.Find(PdfFile.Open(Archive.Preserve(Archive.Sign(SamplePdfs.Of("skia")))))[^1].Contents!.Bytes)!;
        var revision = ArchiveRevision.Prepare(PdfFile.Open(signed), ValidationData.None);
        IsNotValid([.. signed, .. revision.Embed(token)], Reasons.TimeStampInvalid, ofDocument: true);
    }

    private static void IsNotValid(byte[] pdf, string reason, bool ofDocument = false)
    {
        var report = Validate(pdf);
        Assert.Equal(Indication.Invalid, report.Indication);
        Assert.Contains(reason, ofDocument ? report.Reasons : report.Signatures[0].Reasons);
    }

    private static byte[] Freed(byte[] pdf, int number)
    {
        var before = Encoding.Latin1.GetString(pdf);
        var previous = before[(before.LastIndexOf("startxref", StringComparison.Ordinal) + 9)..].Trim().Split('\n')[0];
        return Encoding.Latin1.GetBytes(before + string.Create(CultureInfo.InvariantCulture,
            $"xref\n{number} 1\n0000000000 00001 f \ntrailer\n<</Size 100/Root 1 0 R/Prev {previous}>>\nstartxref\n{before.Length}\n%%EOF\n"));
    }
}
