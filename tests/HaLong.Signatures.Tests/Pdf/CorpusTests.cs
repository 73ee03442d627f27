using System.Collections.Concurrent;
using System.Text.Json;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.Validation;
using HaLong.TestSupport;

namespace HaLong.Signatures.Tests.Pdf;

/// <summary>What becomes of each file of the corpus, judged by programs of other people.</summary>
public sealed class CorpusTests
{
    private static readonly TestPki Pki = TestPki.Default;
    private static readonly Lazy<IReadOnlyList<Row>> Rows = new(() =>
        JsonSerializer.Deserialize<List<Row>>(CorpusFiles.ExpectedJson, JsonSerializerOptions.Web) ?? []);

    private const string NotJudged = "signed, not judged";

    private sealed record Row(string File, string Producer, string Outcome);

    private static byte[] Sign(byte[] pdf, SignatureAppearance? appearance = null)
    {
        using var signer = Pki.NewSigner("06670");
        var prepared = PadesSigner.Prepare(pdf, signer.Chain, signer.Algorithm, SignatureRevisionTests.Details, appearance);
        return [.. pdf, .. prepared.Complete(signer.SignHash(prepared.HashToSign), null).Value.Bytes];
    }

    [Fact]
    public void The_table_names_every_file_and_there_are_enough()
    {
        Assert.Equal(CorpusFiles.Names.Order(), Rows.Value.Select(r => r.File).Order());
        Assert.True(Rows.Value.Count >= 60);
        Assert.True(Rows.Value.Select(r => r.Producer).Distinct().Count() >= 8);
    }

    [Fact]
    public async Task Each_file_is_signed_and_accepted_by_every_judge_or_refused_with_its_code()
    {
        var wrong = new ConcurrentBag<string>();
        using var judge = new Judge();
        judge.Trust(Pki.Root.ExportCertificatePem());
        await Parallel.ForEachAsync(Rows.Value, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken },
            (row, _) =>
            {
                var outcome = OutcomeOf(judge, row);
                if (outcome != row.Outcome)
                    wrong.Add($"{row.File}: {outcome}, expected {row.Outcome}");
                return ValueTask.CompletedTask;
            });
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Order()));
    }

    private static string OutcomeOf(Judge judge, Row row)
    {
        var name = row.File;
        try
        {
            var original = CorpusFiles.Of(name);
            var signed = Sign(original);
            var report = PdfValidator.Validate(signed, Pki.Trust, TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
            if (report.Indication != Indication.Valid)
                return string.Join(' ', report.Reasons.Concat(report.Signatures.SelectMany(s => s.Reasons)));
            // Other programs work on these for minutes.
            if (row.Outcome == NotJudged)
                return NotJudged;
            var path = judge.Save(name + ".pdf", signed);
            var structure = judge.Run("qpdf", "--check", path);
            // Warnings that the original has are not of our making.
            if (structure.ExitCode != 0 && (structure.ExitCode != 3 || judge.Run("qpdf", "--check", judge.Save(name + ".original.pdf", original)).ExitCode != 3))
                return structure.Output;
            var signatures = judge.Run("pdfsig", "-nssdir", "sql:" + Path.Combine(judge.Folder, "nss"), path);
            var last = signatures.Output.LastIndexOf("Signature #", StringComparison.Ordinal);
            return last >= 0 && signatures.Output[last..] is var newest && newest.Contains("Signature is Valid.", StringComparison.Ordinal)
                && newest.Contains("- Total document signed", StringComparison.Ordinal) && !signatures.Output.Contains("Invalid", StringComparison.Ordinal)
                ? "signed" : signatures.Output;
        }
        catch (PdfException e)
        {
            return PdfErrors.Of(e.Fault).Code;
        }
    }

    [Fact]
    public async Task Signed_files_open_in_pdf_lib_with_the_same_pages()
    {
        Assert.SkipUnless(await Node.HasAsync("pdf-lib"), Node.Missing);
        using var judge = new Judge();
        string[] names = ["chromium-b", "united", "pdf-lib-form", "qpdf-linearised-streams", "own-paper", "skia", "signed-streams"];
        foreach (var name in names)
        {
            judge.Save(name + ".before.pdf", CorpusFiles.Of(name));
            judge.Save(name + ".after.pdf", Sign(CorpusFiles.Of(name), name == "skia" ? null : new SignatureAppearance("https://halong.example/")));
        }

        var (exit, output) = await Node.RunAsync("node", "open-pdfs.mjs", judge.Folder);
        Assert.True(exit == 0, output);
        Assert.Equal(names.Length, output.Split('\n').Count(l => l.StartsWith("same", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("object-stream-bomb")]
    [InlineData("objects-inside-each-other")]
    [InlineData("a-thousand-names-of-one-object")]
    [InlineData("arrays-of-50000-levels")]
    public void Files_made_to_cost_much_cost_little(string name)
    {
        var pdf = CorpusFiles.Of(name);
        var before = GC.GetAllocatedBytesForCurrentThread();
        PdfValidator.Validate(pdf, Pki.Trust, TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300L * 1024 * 1024);
    }
}
