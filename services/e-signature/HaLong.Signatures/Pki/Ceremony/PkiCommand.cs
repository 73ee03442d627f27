using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Cryptography.Pkcs11;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Pki.Ceremony;

/// <summary>
/// Run mode <c>pki</c>: the steps of the key ceremony (docs/key-ceremony.md). Those on the root's machine touch neither database nor network. The root's password
/// has two halves, one for each key holder; nobody knows both.
/// </summary>
internal sealed class PkiCommand(IReadOnlyDictionary<string, string> values, TextReader input, TextWriter output, Func<string, string?> environment)
{
    private const int MinHalf = 12;

    private const string Usage = """
        usage: pki <step> --name value …
          root-init       --out DIR --organisation NAME [--name NAME] [--days 180]      on the root's machine: a root, its key, its first list
          issuing-request --out DIR --organisation NAME [--name NAME]                   on the service's machine: a key and a request
          issuing-sign    --root FILE --key FILE --request FILE --out FILE [--pki URL]  on the root's machine: certifies the request
          root-crl        --root FILE --key FILE --out FILE [--revoke HEX,…] [--days 180]   on the root's machine: the next list, with every authority that is revoked
          issuing-import  --root FILE --certificate FILE --key FILE --list FILE [--replace yes]   on the service's machine: checks and installs
          list-import     --list FILE                                                  on the service's machine: the root's next list
        """;

    /// <summary>Exit code 0, 1 when a step is refused, 2 for a wrong command.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextReader input, TextWriter output, Func<string, string?> environment)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i + 1 < args.Count && args[i].StartsWith("--", StringComparison.Ordinal); i += 2)
            values[args[i][2..]] = args[i + 1];
        if (args.Count != 1 + (values.Count * 2))
            return await new PkiCommand(values, input, output, environment).HelpAsync();
        try
        {
            return await new PkiCommand(values, input, output, environment).StepAsync(args[0]);
        }
        catch (Exception e) when (e is CryptographicException or IOException or ErrorException or FormatException or ArgumentException or UnauthorizedAccessException
            or Npgsql.NpgsqlException)
        {
            await output.WriteLineAsync("refused: " + ((e as ErrorException)?.Error.En ?? e.Message));
            return 1;
        }
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private Task<int> StepAsync(string step) => step switch
    {
        "root-init" => Task.FromResult(RootInit()),
        "issuing-request" => Task.FromResult(IssuingRequest()),
        "issuing-sign" => Task.FromResult(IssuingSign()),
        "root-crl" => Task.FromResult(RootCrl()),
        "issuing-import" => IssuingImportAsync(),
        "list-import" => ListImportAsync(),
        _ => HelpAsync(),
    };

    private async Task<int> HelpAsync()
    {
        await output.WriteLineAsync(Usage);
        return 2;
    }

    private int RootInit()
    {
        var (directory, organisation) = (Value("out"), Value("organisation"));
        var days = Days();
        using var made = new KeyStore(RootOptions(confirm: true)).New(ECCurve.NamedCurves.nistP384);
        Directory.CreateDirectory(directory);
        using var root = RootWork.Init(values.GetValueOrDefault("name", "HaLong Root CA"), organisation, made.Key, Now);
        CeremonyFiles.WriteKey(Path.Combine(directory, "root.key"), made.Reference);
        CeremonyFiles.WriteCertificate(Path.Combine(directory, "root.pem"), root);
        CeremonyFiles.WriteList(Path.Combine(directory, "root.crl"), RootWork.List(root, made.Key, [], days, Now));
        return Say("root", root);
    }

    private int IssuingRequest()
    {
        var (directory, organisation) = (Value("out"), Value("organisation"));
        using var made = new KeyStore(ServiceOptions()).New(ECCurve.NamedCurves.nistP384);
        Directory.CreateDirectory(directory);
        var request = RootWork.Request(values.GetValueOrDefault("name", "HaLong Issuing CA"), organisation, made.Key);
        CeremonyFiles.WriteKey(Path.Combine(directory, "issuing.key"), made.Reference);
        CeremonyFiles.WriteRequest(Path.Combine(directory, "issuing.csr"), request);
        output.WriteLine("request  SHA-256 " + Fingerprint(request));
        return 0;
    }

    private int IssuingSign()
    {
        using var root = CeremonyFiles.ReadCertificate(Value("root"));
        using var key = new KeyStore(RootOptions(confirm: false)).Open(CeremonyFiles.ReadKey(Value("key")));
        var request = CeremonyFiles.ReadRequest(Value("request"));
        // To be compared aloud with what the service's machine showed.
        output.WriteLine("request  SHA-256 " + Fingerprint(request));
        using var issuing = RootWork.Certify(request, root, key, values.GetValueOrDefault("pki")?.TrimEnd('/'), Now);
        CeremonyFiles.WriteCertificate(Value("out"), issuing);
        return Say("issuing", issuing);
    }

    private int RootCrl()
    {
        using var root = CeremonyFiles.ReadCertificate(Value("root"));
        using var key = new KeyStore(RootOptions(confirm: false)).Open(CeremonyFiles.ReadKey(Value("key")));
        var revoked = values.GetValueOrDefault("revoke", "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var list = RootWork.List(root, key, revoked, Days(), Now);
        CeremonyFiles.WriteList(Value("out"), list);
        output.WriteLine($"list     SHA-256 {Fingerprint(list)}, {revoked.Length} revoked");
        return 0;
    }

    private async Task<int> IssuingImportAsync()
    {
        using var root = CeremonyFiles.ReadCertificate(Value("root"));
        using var issuing = CeremonyFiles.ReadCertificate(Value("certificate"));
        var chain = new CeremonyChain(root, issuing, CeremonyFiles.ReadList(Value("list")), CeremonyFiles.ReadKey(Value("key")));
        using var key = new KeyStore(ServiceOptions()).Open(chain.KeyReference);
        await using var db = Database();
        var refusal = ChainImport.WhyNot(chain, key, Now) ?? await ChainImport.InstallAsync(db, chain, values.GetValueOrDefault("replace") == "yes", Now, CancellationToken.None);
        if (refusal is not null)
            return await RefuseAsync(refusal);
        Say("root", root);
        Say("issuing", issuing);
        await output.WriteLineAsync("installed: restart the replicas of the service");
        return 0;
    }

    private async Task<int> ListImportAsync()
    {
        await using var db = Database();
        return await ChainImport.InstallListAsync(db, CeremonyFiles.ReadList(Value("list")), Now, CancellationToken.None) is { } refusal ? await RefuseAsync(refusal) : 0;
    }

    private async Task<int> RefuseAsync(string why)
    {
        await output.WriteLineAsync("refused: " + why);
        return 1;
    }

    private int Say(string what, X509Certificate2 certificate)
    {
        output.WriteLine($"{what,-8} SHA-256 {Fingerprint(certificate.RawData)}");
        output.WriteLine($"         {certificate.Subject}, until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}, serial {certificate.SerialNumber}");
        return 0;
    }

    // In groups, for reading aloud.
    private static string Fingerprint(byte[] bytes) => string.Join(' ', Convert.ToHexString(SHA256.HashData(bytes)).Chunk(4).Select(c => new string(c)));

    private PkiOptions RootOptions(bool confirm)
    {
        var halves = new[] { Half(1, confirm), Half(2, confirm) };
        return new PkiOptions { KeyPassword = string.Join('\n', halves), Token = TokenFromEnvironment() };
    }

    private string Half(int number, bool confirm)
    {
        var half = environment("PKI_PASSWORD_" + number.ToString(CultureInfo.InvariantCulture)) ?? Ask($"Key holder {number}, your half of the password: ");
        if (half.Length < MinHalf)
            throw new ArgumentException($"Each half of the password has at least {MinHalf} characters.");
        if (confirm && environment("PKI_PASSWORD_" + number.ToString(CultureInfo.InvariantCulture)) is null && Ask($"Key holder {number}, once more: ") != half)
            throw new ArgumentException("The two do not agree.");
        return half;
    }

    // What is typed at a terminal does not show.
    private string Ask(string prompt)
    {
        output.Write(prompt);
        if (Console.IsInputRedirected || !ReferenceEquals(input, Console.In))
            return input.ReadLine() ?? "";
        var typed = new System.Text.StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else
                typed.Append(key.KeyChar);
        }

        output.WriteLine();
        return typed.ToString();
    }

    private PkiOptions ServiceOptions() => new()
    {
        KeyPassword = environment("Pki__KeyPassword") is { Length: >= 12 } password ? password : throw new ArgumentException("Pki__KeyPassword is missing, or shorter than 12 characters."),
        Token = TokenFromEnvironment(),
    };

    private TokenOptions TokenFromEnvironment()
    {
        var token = new TokenOptions
        {
            Library = environment("Pki__Token__Library") ?? "",
            Label = environment("Pki__Token__Label") ?? "",
            Pin = environment("Pki__Token__Pin") ?? "",
        };
        return token.IsWhole ? token : throw new ArgumentException("Pki__Token__Label or Pki__Token__Pin is missing.");
    }

    private SignatureDbContext Database() => new(new DbContextOptionsBuilder<SignatureDbContext>()
        .UseNpgsql(environment("ConnectionStrings__signature-db") ?? throw new ArgumentException("ConnectionStrings__signature-db is missing."))
        .UseSnakeCaseNamingConvention().Options);

    private int Days() => int.TryParse(values.GetValueOrDefault("days", "180"), CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 400 ? days
        : throw new ArgumentException("--days is 1 to 400.");

    private string Value(string name) => values.GetValueOrDefault(name) is { Length: > 0 } value ? value : throw new ArgumentException($"--{name} is missing.");
}
