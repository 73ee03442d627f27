using HaLong.TestSupport;

[assembly: AssemblyFixture(typeof(Servers))]
