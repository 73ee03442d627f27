using Google.Protobuf;
using Grpc.Core;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using HaLong.Signatures.V1;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>The e-signature service on a database and a virtual host of its own.</summary>
public sealed class SignatureFixture(Servers servers) : IAsyncLifetime
{
    public const string Unit = "06658";
    internal const string KeyPassword = "một mật khẩu chỉ để thử";

    private TestIdentity? identity;
    private PublicDoor? door;
    private ServiceFactory<Program>? factory;

    public Servers Servers { get; } = servers;

    internal ShiftedTime Time { get; } = new();

    internal ServiceFactory<Program> Service => factory ?? throw new InvalidOperationException("Not started.");

    internal TestIdentity Identity => identity ?? throw new InvalidOperationException("Not started.");

    internal PublicDoor Door => door ?? throw new InvalidOperationException("Not started.");

    internal static PkiOptions Options => new() { KeyPassword = KeyPassword, Organisation = "UBND phường Hạ Long" };

    public async ValueTask InitializeAsync()
    {
        identity = await TestIdentity.StartAsync();
        door = await PublicDoor.OpenAsync();
        factory = await Create(Servers, identity).WithSetting("Pki:PublicUrl", door.Url)
            .WithServices(s => s.AddSingleton<TimeProvider>(Time)).StartAsync();
        door.Service = factory.Client();
    }

    internal static ServiceFactory<Program> Create(Servers servers, TestIdentity identity) => new ServiceFactory<Program>(servers, identity)
        .WithDatabase<SignatureDbContext>("signature-db", o => new SignatureDbContext(o), db =>
            PrepareAuthorities.RunAsync(db, Options, TimeProvider.System.GetUtcNow(), CancellationToken.None))
        .WithSetting("Pki:KeyPassword", KeyPassword)
        .WithSetting("Pki:Organisation", Options.Organisation)
        // However slow the machine: what is tested about patience sets its own.
        .WithSetting("TimeStamps:TimeoutSeconds", "30")
        // Other issuers of the tests are on this machine.
        .WithSetting("Validation:PrivateHosts:0", "127.0.0.1").WithSetting("Validation:AskTimeoutSeconds", "30")
        // What waits for a time-stamp is stamped when a test says so.
        .WithSetting("TimeStamps:RetrySeconds", "3600");

    internal Neighbour AsDossier() => new(Service.Grpc(Identity.ServiceToken("dossier")));

    internal Neighbour AsApprover(Guid account, string? unit = Unit) =>
        new(Service.Grpc(Identity.Token(account, [Roles.Approver], unit)));

    internal Neighbour With(string? token) => new(Service.Grpc(token));

    internal static SignPdfRequest Request(byte[] pdf, Guid? document = null, string unit = Unit, Guid? signer = null) => new()
    {
        DocumentId = (document ?? Guid.CreateVersion7()).ToString(),
        Pdf = ByteString.CopyFrom(pdf),
        UnitCode = unit,
        SignerId = (signer ?? Guid.Parse("01980000-0000-7000-8000-000000000001")).ToString(),
        Reason = "Phê duyệt kết quả",
        Location = "Hạ Long",
    };

    internal Task<string> RootPemAsync() => Service.Client().GetStringAsync("/pki/root.pem");

    internal Task<T> QueryAsync<T>(Func<SignatureDbContext, Task<T>> query) => Service.InScopeAsync(query);

    internal Task<int> SignaturesOfAsync(string document) => QueryAsync(db =>
        db.Signatures.CountAsync(s => s.DocumentId == Guid.Parse(document)));

    internal Task<long> PendingEventsAsync() =>
        QueryAsync(db => db.Database.SqlQuery<long>($"SELECT count(*) AS \"Value\" FROM outbox_message").SingleAsync());

    /// <summary>The code that a refused call carries.</summary>
    internal static async Task<(StatusCode Status, string Code)> RefusedAsync(Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        return (refused.StatusCode, refused.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason ?? "");
    }

    public async ValueTask DisposeAsync()
    {
        await Door.DisposeAsync();
        await Service.DisposeAsync();
        await Identity.DisposeAsync();
    }
}

/// <summary>The real clock, moved forward or back.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private DateTimeOffset? stands;

    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => (stands ?? System.GetUtcNow()) + Shift;

    /// <summary>Until it is disposed only shifts move it: where a second matters, a busy machine must not spend it.</summary>
    public IDisposable Stand()
    {
        stands = System.GetUtcNow();
        return new Standing(this);
    }

    private sealed class Standing(ShiftedTime time) : IDisposable
    {
        public void Dispose() => time.stands = null;
    }
}
