using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>Programs that were not written by us and know better: pdfsig, qpdf, openssl. Each test has a folder of its own.</summary>
internal sealed class Judge : IDisposable
{
    public Judge() => Directory.CreateDirectory(Folder);

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "halong-sig-" + Guid.CreateVersion7().ToString("N"));

    public string Save(string name, byte[] content)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Trusts the root as an office computer would: in an NSS database, which is what poppler reads.</summary>
    public string Trust(string rootPem)
    {
        var database = Path.Combine(Folder, "nss");
        if (Directory.Exists(database))
            return database;
        Directory.CreateDirectory(database);
        var pem = Save("root.pem", Encoding.ASCII.GetBytes(rootPem));
        Run("certutil", "-N", "-d", "sql:" + database, "--empty-password").Succeeded();
        Run("certutil", "-A", "-d", "sql:" + database, "-n", "root", "-t", "C,C,C", "-i", pem).Succeeded();
        return database;
    }

    public Verdict PdfSig(byte[] pdf, string rootPem) => Run("pdfsig", "-nssdir", "sql:" + Trust(rootPem), Save("signed.pdf", pdf));

    public Verdict Qpdf(byte[] pdf) => Run("qpdf", "--check", Save("checked.pdf", pdf));

    /// <summary>Verifies the extracted CMS over the extracted content.</summary>
    public Verdict OpenSsl(byte[] pdf, string rootPem)
    {
        var (cms, content) = SignedParts.Last(pdf);
        return Run("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", Save("cms.der", cms), "-content",
            Save("content.bin", content),
            "-CAfile", Save("ca.pem", Encoding.ASCII.GetBytes(rootPem)), "-purpose", "any", "-out", "/dev/null");
    }

    /// <summary>A signature by poppler itself, with our key as a PKCS#12 in its database.</summary>
    public byte[] SignWithPoppler(byte[] pdf, TestPki pki)
    {
        var database = Trust(pki.Root.ExportCertificatePem());
        // Poppler 22.12 cannot sign with elliptic curves.
        var (key, certificate) = pki.NewPerson();
        using var withKey = certificate.CopyWithPrivateKey(key);
        var bag = new X509Certificate2Collection { withKey, pki.Issuing }.Export(X509ContentType.Pkcs12, "password") ?? [];
        Run("pk12util", "-i", Save("seal.p12", bag), "-d", "sql:" + database, "-W", "password", "-K", "").Succeeded();
        var nick = Run("certutil", "-L", "-d", "sql:" + database).Succeeded().Output.Split('\n').First(l =>
            l.Contains("u,u,u", StringComparison.Ordinal)).Replace("u,u,u", "", StringComparison.Ordinal).Trim();
        var output = Path.Combine(Folder, "poppler.pdf");
        Run("pdfsig", "-no-ocsp", "-nssdir", "sql:" + database, "-add-signature", "-nick", nick, Save("unsigned.pdf", pdf), output).Succeeded();
        return File.ReadAllBytes(output);
    }

    public Verdict Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start) ?? throw new InvalidOperationException(program + " does not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Verdict(program, process.ExitCode, output + errors.GetAwaiter().GetResult());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

internal sealed record Verdict(string Program, int ExitCode, string Output)
{
    public Verdict Succeeded()
    {
        Assert.True(ExitCode == 0, $"{Program} ended with {ExitCode}:\n{Output}");
        return this;
    }

    /// <summary>pdfsig: every signature holds, is trusted; the last covers the file.</summary>
    public void SaysValid(int signatures = 1)
    {
        Succeeded();
        foreach (var line in new[] { "Signature Validation: Signature is Valid.", "Certificate Validation: Certificate is Trusted.",
            "Signature Type: ETSI.CAdES.detached" })
            Assert.True(signatures == Count(line), Output);
        Assert.Equal(1, Count("- Total document signed"));
    }

    public int Count(string text) => Output.Split(text).Length - 1;
}
