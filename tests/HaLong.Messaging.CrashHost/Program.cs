using HaLong.Messaging;
using HaLong.Messaging.CrashHost;
using HaLong.ServiceDefaults;

// A whole little service for the tests of HaLong.Messaging: run inside the test process, or as a child that is killed.
var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("sample");
builder.AddDatabase<SampleDb>("sample-db");
builder.Services.AddSingleton<Behaviour>();
builder.AddMessaging<SampleDb>("sample", [typeof(WorkDone).Assembly], bus =>
{
    bus.AddConsumer<RecordWork>();
    bus.AddConsumer<RecordFollowUp>();
});
var app = builder.Build();
app.MapServiceDefaults();
app.MapWork();
app.MapEvidence();
return await app.RunOrMigrateAsync<SampleDb>(args);
