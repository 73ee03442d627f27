using HaLong.Dossiers.Archive.Destruction;
using HaLong.Dossiers.Archive.Exports;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Deadlines.Calendars;
using HaLong.Dossiers.Deadlines.Recounting;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Signatures;
using HaLong.Dossiers.Files.Links;
using HaLong.Dossiers.Files.Uploads;
using HaLong.Dossiers.Filing.Keys;
using HaLong.Dossiers.Filing.Receipts;
using HaLong.Dossiers.Register;
using HaLong.Dossiers.Watchdog;
using HaLong.Dossiers.Papers;
using HaLong.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HaLong.Dossiers.Persistence;

/// <summary>The database of the service.</summary>
internal sealed class DossierDbContext(DbContextOptions<DossierDbContext> options) : DbContext(options)
{
    public DbSet<Dossier> Dossiers => Set<Dossier>();
    public DbSet<DossierDocument> Documents => Set<DossierDocument>();
    public DbSet<TimelineEntry> Timeline => Set<TimelineEntry>();
    public DbSet<ClockEntry> ClockEntries => Set<ClockEntry>();
    public DbSet<DossierClock> Clocks => Set<DossierClock>();
    public DbSet<IssuedForm> IssuedForms => Set<IssuedForm>();
    public DbSet<FormPaper> FormPapers => Set<FormPaper>();
    public DbSet<SupplementRequest> Supplements => Set<SupplementRequest>();
    public DbSet<OpinionRequest> Opinions => Set<OpinionRequest>();
    public DbSet<FeeDemand> Demands => Set<FeeDemand>();
    public DbSet<DossierNote> Notes => Set<DossierNote>();
    public DbSet<OfficerAbsence> Absences => Set<OfficerAbsence>();
    public DbSet<DossierWait> Waits => Set<DossierWait>();
    public DbSet<WaitWarning> WaitWarnings => Set<WaitWarning>();
    public DbSet<DueDateChange> DueDateChanges => Set<DueDateChange>();
    public DbSet<CalendarYear> CalendarYears => Set<CalendarYear>();
    public DbSet<CalendarDay> CalendarDays => Set<CalendarDay>();
    public DbSet<CalendarVersion> CalendarVersions => Set<CalendarVersion>();
    public DbSet<CalendarChange> CalendarChanges => Set<CalendarChange>();
    public DbSet<Procedure> Procedures => Set<Procedure>();
    public DbSet<TariffItem> Tariff => Set<TariffItem>();
    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();
    public DbSet<SubmissionReceipt> SubmissionReceipts => Set<SubmissionReceipt>();
    public DbSet<RegisterArrival> RegisterArrivals => Set<RegisterArrival>();
    public DbSet<RegisterBook> RegisterBooks => Set<RegisterBook>();
    public DbSet<RegisterEntry> RegisterEntries => Set<RegisterEntry>();
    public DbSet<Upload> Uploads => Set<Upload>();
    public DbSet<UploadPiece> UploadPieces => Set<UploadPiece>();
    public DbSet<DocumentLink> DocumentLinks => Set<DocumentLink>();
    public DbSet<ArchiveExport> ArchiveExports => Set<ArchiveExport>();
    public DbSet<ArchiveItem> ArchiveItems => Set<ArchiveItem>();
    public DbSet<DestructionList> DestructionLists => Set<DestructionList>();
    public DbSet<DestructionItem> DestructionItems => Set<DestructionItem>();

    /// <summary>Puts the facts of a dossier into the outbox, its steps into the timeline and its clock entries into the clock, and has its papers made; to be saved with it.</summary>
    public void Record(Dossier dossier)
    {
        var (facts, steps, clock) = dossier.TakeChanges();
        Timeline.AddRange(steps);
        ClockEntries.AddRange(clock);
        var records = dossier.TakeRecords();
        AddRange(records);
        foreach (var paper in records.OfType<FormPaper>())
            this.Enqueue(new PaperWritingDue(paper.Id, 1));
        if (steps.Count > 0 && dossier.FormsIssued > 0 && DossierStatus.Over.Contains(dossier.Status))
            this.Enqueue(new ControlSlipDue(dossier.Id));
        foreach (var session in dossier.TakeAbandoned())
            this.Enqueue(new SignatureCancelDue(session, 1));
        foreach (var fact in facts)
            this.Enqueue(fact);
    }

    /// <summary>A transaction of one's own, or null inside one that is open already and belongs to somebody else.</summary>
    public async Task<IDbContextTransaction?> BeginOwnTransactionAsync(CancellationToken ct) =>
        Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(ct) : null;

    /// <summary>Loads a dossier and keeps others from changing it until the transaction ends.</summary>
    // Not FOR UPDATE: who saves a step first shares the dossier's key by the foreign key and then updates the row; the two would wait for each other.
    public Task<Dossier?> LockAsync(Guid id, CancellationToken ct) =>
        Dossiers.FromSql($"SELECT *, xmin FROM dossier WHERE id = {id} FOR NO KEY UPDATE").SingleOrDefaultAsync(ct);

    /// <summary>The same with the paper of a form.</summary>
    public Task<FormPaper?> LockPaperAsync(Guid id, CancellationToken ct) =>
        FormPapers.FromSql($"SELECT * FROM form_paper WHERE id = {id} FOR NO KEY UPDATE").SingleOrDefaultAsync(ct);

    /// <summary>Until the transaction ends: whoever attaches this content shares the lock, whoever removes it as nobody's has it alone.</summary>
    public Task LockFileAsync(string sha256, bool shared, CancellationToken ct) => shared
        ? Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared(hashtextextended({sha256}, 42))", ct)
        : Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({sha256}, 42))", ct);

    /// <summary>Counts the calendar's state up, in the caller's transaction; changes of the calendar take turns here.</summary>
    public async Task<long> NextCalendarVersionAsync(CancellationToken ct)
    {
        var versions = await Database.SqlQuery<long>($"""
            INSERT INTO calendar_version AS v (id, version) VALUES ({CalendarVersion.OnlyId}, 1)
            ON CONFLICT (id) DO UPDATE SET version = v.version + 1
            RETURNING version AS "Value"
            """).ToListAsync(ct);
        return versions.Single();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessagingTables();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(DossierDbContext).Assembly);
    }
}
