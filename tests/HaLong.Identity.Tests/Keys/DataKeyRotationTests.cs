using System.Diagnostics.Metrics;
using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.Keys;
using HaLong.Identity.Tests.PersonalData;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.Keys;

/// <summary>A site of its own for each test: rotations are about everything in the database.</summary>
public sealed class DataKeyRotationTests(TestSupport.Servers servers) : IAsyncLifetime
{
    private const int People = 450;

    private readonly IdentitySite _site = new(servers);

    private int _everybody;

    public async ValueTask InitializeAsync()
    {
        await _site.InitializeAsync();
        _everybody = await _site.DatabaseAsync(db => db.Accounts.CountAsync(a => a.SealedPersonalNumber != null));
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Rotating_under_load_loses_nothing_and_destroys_the_old_key_when_nothing_uses_it()
    {
        await RegisterAsync(People);
        var replica = await _site.StartReplicaAsync();
        var old = await FieldKeyAsync();
        using var stop = new CancellationTokenSource();
        var readers = new[] { _site.Service, replica }.Select(r => Task.Run(() => ReadAllAsync(r, stop.Token))).ToList();
        var writer = Task.Run(() => WriteAsync(replica, stop.Token));

        Assert.Equal(0, await IdentityProgram.RunAsync("rotate-data-keys", IdentityProgram.Settings(_site.Connection)));
        await TestSupport.Eventually.Async(async () => await RunAsync() == 0, "everything is moved over");
        Assert.True(await ExistsAsync(old), "destroyed before a slow writer could be done");

        await stop.CancelAsync();
        var reads = await Task.WhenAll(readers);
        var written = await writer;
        Assert.All(reads, r => Assert.True(r > 0));
        Assert.True(written > 0);
        // The replica wrote under the old key until it heard of the new one; the next pass takes that over too.
        _site.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(0, await RunAsync());
        Assert.False(await ExistsAsync(old));
        Assert.Equal(_everybody, await ReadableAsync());
        Assert.Empty(await _site.DatabaseAsync(db => db.DataKeys.Where(k => k.Id == old).Select(k => k.Wrapped).SingleAsync()));
    }

    [Fact]
    public async Task A_run_that_is_killed_in_the_middle_leaves_everything_readable_and_the_next_one_goes_on()
    {
        await RegisterAsync(People);
        await RotateAsync();
        using var kill = new CancellationTokenSource();
        using var listener = Listen((_, _) => kill.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(kill.Token));

        var key = await FieldKeyAsync();
        var moved = await BoxesUnderAsync(key);
        Assert.InRange(moved, 1, People);
        Assert.Equal(_everybody, await ReadableAsync());
        Assert.Equal(0, await RunAsync());
        Assert.Equal(_everybody, await BoxesUnderAsync(key));
        Assert.Equal(_everybody, await ReadableAsync());
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_undoes_only_its_own_batch()
    {
        await RegisterAsync(People);
        await RotateAsync();
        using var listener = Listen((_, _) => _site.SqlAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()").GetAwaiter().GetResult());

        await Assert.ThrowsAnyAsync<Exception>(() => RunAsync());
        listener.Dispose();

        Assert.InRange(await BoxesUnderAsync(await FieldKeyAsync()), 1, People);
        Npgsql.NpgsqlConnection.ClearAllPools();
        await TestSupport.Eventually.Async(async () => await RunAsync() == 0, "the next run ends");
        Assert.Equal(_everybody, await ReadableAsync());
    }

    [Fact]
    public async Task Several_replicas_share_the_work_and_rows_that_are_being_changed_wait_for_the_next_pass()
    {
        await RegisterAsync(People);
        await RotateAsync();
        await using var busy = new Npgsql.NpgsqlConnection(_site.Connection);
        await busy.OpenAsync();
        await using var transaction = await busy.BeginTransactionAsync();
        await using (var take = new Npgsql.NpgsqlCommand("SELECT 1 FROM account WHERE user_name = 'citizen' FOR UPDATE", busy, transaction))
            await take.ExecuteScalarAsync();

        await Task.WhenAll(RunAsync(), RunAsync(), RunAsync());

        Assert.Equal(1, await RunAsync());
        _site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await RunAsync());
        Assert.Equal(2, await _site.DatabaseAsync(db => db.DataKeys.CountAsync(k => k.Use == DataKey.Field && k.DestroyedAt == null)));
        await transaction.RollbackAsync();
        Assert.Equal(0, await RunAsync());
        Assert.Equal(1, await _site.DatabaseAsync(db => db.DataKeys.CountAsync(k => k.Use == DataKey.Field && k.DestroyedAt == null)));
    }

    [Fact]
    public async Task Boxes_of_before_data_keys_are_moved_over_too()
    {
        var vault = _site.Service.Services.GetRequiredService<KeyVault>();
        var id = await _site.IdOfAsync("citizen");
        var old = vault.Seal(KeyVault.PersonalNumbers, id.ToString(), "022185000123"u8);
        await _site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == id).ExecuteUpdateAsync(s => s.SetProperty(a => a.SealedPersonalNumber, old)));

        Assert.Equal(_everybody, await ReadableAsync());
        Assert.Equal(0, await RunAsync());
        Assert.Equal(_everybody, await BoxesUnderAsync(await FieldKeyAsync()));
        Assert.Equal(_everybody, await ReadableAsync());
    }

    [Fact]
    public async Task A_box_that_no_key_opens_is_counted_left_alone_and_keeps_its_key_alive()
    {
        var id = await _site.IdOfAsync("citizen");
        var box = await _site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == id).Select(a => a.SealedPersonalNumber!).SingleAsync());
        box[^1] ^= 1;
        await _site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == id).ExecuteUpdateAsync(s => s.SetProperty(a => a.SealedPersonalNumber, box)));
        var old = await FieldKeyAsync();
        await RotateAsync();
        var unreadable = 0L;
        using var listener = Listen((name, value) => unreadable += name.EndsWith("unreadable", StringComparison.Ordinal) ? value : 0);

        _site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await RunAsync());

        Assert.Equal(1, unreadable);
        Assert.True(await ExistsAsync(old));
        Assert.Equal(box, await _site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == id).Select(a => a.SealedPersonalNumber!).SingleAsync()));
    }

    [Fact]
    public async Task Every_registered_column_is_there_and_moves_whatever_its_key_is_called()
    {
        var vault = _site.Service.Services.GetRequiredService<FieldVault>();
        var id = await _site.IdOfAsync("citizen");
        var box = vault.Seal(Authenticator.SealPurpose, id.ToString(), "SECRET"u8);
        await _site.DatabaseAsync(db => db.Database.ExecuteSqlAsync($"INSERT INTO authenticator (account_id, sealed, started_at, last_step) VALUES ({id}, {box}, now(), 0)"));
        await RotateAsync();

        Assert.Equal(0, await RunAsync());

        var moved = await _site.DatabaseAsync(db => db.Authenticators.Select(a => a.Sealed).SingleAsync());
        Assert.Equal(await FieldKeyAsync(), FieldVault.KeyOf(moved));
        Assert.Equal("SECRET"u8.ToArray(), vault.Open(Authenticator.SealPurpose, id.ToString(), moved));
    }

    [Fact]
    public async Task Two_rotations_at_once_leave_one_key_in_force()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RotateAsync()));

        var keys = await _site.DatabaseAsync(db => db.DataKeys.AsNoTracking().Where(k => k.Use == DataKey.Field).ToListAsync());
        Assert.Equal([1, 2, 3, 4, 5], keys.Select(k => k.Version).Order());
        Assert.Equal(5, keys.Single(k => k.IsInForce).Version);
    }

    private async Task RegisterAsync(int count) => await _site.DatabaseAsync(async db =>
    {
        var numbers = _site.Service.Services.GetRequiredService<PersonalNumbers>();
        for (var i = 0; i < count; i++)
        {
            var account = Account.Register(Guid.CreateVersion7(), $"person{i}", $"Người {i}", ["citizen"], _site.Clock.GetUtcNow());
            numbers.Set(account, PersonalNumber.TryParse($"0221950{i:00000}")!);
            db.Accounts.Add(account);
        }

        _everybody += count;
        return await db.SaveChangesAsync();
    });

    private Task<Guid> RotateAsync() => _site.InScopeAsync<DataKeyRotation, Guid>(r => r.RotateFieldKeyAsync(default));

    private Task<long> RunAsync(CancellationToken ct = default) => _site.InScopeAsync<Reencryption, long>(r => r.RunAsync(ct));

    private Task<Guid> FieldKeyAsync() =>
        _site.DatabaseAsync(db => db.DataKeys.Where(k => k.Use == DataKey.Field && k.RetiredAt == null).Select(k => k.Id).SingleAsync());

    private Task<bool> ExistsAsync(Guid key) => _site.DatabaseAsync(db => db.DataKeys.AnyAsync(k => k.Id == key && k.DestroyedAt == null));

    private async Task<int> BoxesUnderAsync(Guid key)
    {
        var boxes = await _site.DatabaseAsync(db => db.Accounts.Where(a => a.SealedPersonalNumber != null).Select(a => a.SealedPersonalNumber!).ToListAsync());
        return boxes.Count(b => FieldVault.KeyOf(b) == key);
    }

    private async Task<int> ReadableAsync()
    {
        var numbers = _site.Service.Services.GetRequiredService<PersonalNumbers>();
        var accounts = await _site.DatabaseAsync(db => db.Accounts.AsNoTracking().Where(a => a.SealedPersonalNumber != null).ToListAsync());
        return accounts.Count(a => numbers.Of(a) is { } number && numbers.IndexOf(number).AsSpan().SequenceEqual(a.PersonalNumberIndex));
    }

    private static async Task<int> ReadAllAsync(TestSupport.ServiceFactory<Program> replica, CancellationToken stop)
    {
        var numbers = replica.Services.GetRequiredService<PersonalNumbers>();
        var reads = 0;
        while (!stop.IsCancellationRequested)
        {
            var accounts = await replica.InScopeAsync<Identity.Persistence.IdentityDbContext, List<Account>>(db => db.Accounts.AsNoTracking().ToListAsync());
            foreach (var account in accounts)
                Assert.NotNull(numbers.Of(account));
            reads += accounts.Count;
        }

        return reads;
    }

    private static async Task<int> WriteAsync(TestSupport.ServiceFactory<Program> replica, CancellationToken stop)
    {
        var numbers = replica.Services.GetRequiredService<PersonalNumbers>();
        var written = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await replica.InScopeAsync<Identity.Persistence.IdentityDbContext, int>(async db =>
                {
                    var account = await db.Accounts.SingleAsync(a => a.UserName == $"person{written % People}");
                    numbers.Set(account, numbers.Of(account)!);
                    return await db.SaveChangesAsync();
                });
                written++;
            }
            catch (DbUpdateConcurrencyException)
            {
                // The job moved this very row in between: the caller is told that the race was lost and tries again.
            }
        }

        return written;
    }

    private static MeterListener Listen(Action<string, long> seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument is Counter<long> && instrument.Name.StartsWith("halong.identity.reencryption", StringComparison.Ordinal))
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen(instrument.Name, value));
        listener.Start();
        return listener;
    }
}
